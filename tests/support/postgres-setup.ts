import { prepareStore } from '#server/store/open-parts.ts'
import { postgresPrograms, serveTests } from './postgres.ts'

/** Before the tests that run on PostgreSQL. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (postgresPrograms()) return serveTests((databaseUrl) => prepareStore({ databaseUrl }))
  throw new Error('there is no PostgreSQL here: install it, or leave these tests out')
}
