import { Hono } from 'hono'
import type { Parts } from './parts.ts'

/** No authentication and no data. A store that cannot be written is told as a Problem, 503. */
export function healthRoutes({ store }: Parts, version: string): Hono {
  const app = new Hono()
  app.get('/api/health', async (c) => {
    await store.checkWritable()
    return c.json({ status: 'ok', version })
  })
  return app
}
