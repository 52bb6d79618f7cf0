import type { Migration } from 'kysely/migration'
import { addColumns } from './add-columns.ts'

/** §10: the log says whether the hours left alone, or all of it. Of what left before, nobody knows. */
export const disclosedContent: Migration = {
  async up(db) {
    await addColumns(db, 'disclosures', { content: 'text' })
  }
}
