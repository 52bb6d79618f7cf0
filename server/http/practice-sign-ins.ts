import { Hono } from 'hono'
import type { Demo } from '#contract/demo.ts'

/** So that the sign-in page can offer its two buttons: nobody's where no practice data is served. */
export function demoRoutes(signIns: Demo['signIns']): Hono {
  const app = new Hono()
  app.get('/api/demo', (c) => c.json({ signIns } satisfies Demo))
  return app
}
