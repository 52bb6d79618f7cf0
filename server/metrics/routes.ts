import { Hono } from 'hono'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { exposition, expositionType } from '#server/meters/exposition.ts'
import { mayReadMetrics } from './may-read.ts'
import { watchProcess } from './process-families.ts'
import { placeFamilies } from './place-families.ts'
import { registerFamilies } from './register-families.ts'

/** What whoever watches the server draws and is woken by: read on this machine, or with the token; to all others it is not there. */
export function metricsRoutes(parts: Parts): Hono {
  const routes = new Hono()
  const running = watchProcess(parts)
  routes.get('/api/metrics', async (c) => {
    if (!mayReadMetrics(c)) throw new Problem('not-found')
    const text = exposition([
      ...parts.meters.families(),
      ...(await registerFamilies(parts)),
      ...(await placeFamilies(parts)),
      ...running.families()
    ])
    return c.body(text, 200, { 'Content-Type': expositionType })
  })
  return routes
}
