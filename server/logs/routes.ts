import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { actsRequestSchema, logRequestSchema, ownLogRequestSchema } from '#contract/log.ts'
import { checkpointLine } from '#contract/trail.ts'
import { checkTrail } from '#server/audit/check-trail.ts'
import { makeCheckpoint } from '#server/audit/checkpoint.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireMainUser, requireReady } from '#server/http/session.ts'
import { readActs } from './read-acts.ts'
import { searchLog } from './search-log.ts'
import { trailFile } from './trail-file.ts'

/** §12: the logs, for whoever answers for them, and for everybody their own. No address removes a line. */
export function logRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  routes.get('/api/office/log', async (c) => {
    const user = await requireMainUser(c)
    const asked = parseInput(logRequestSchema, c.req.query())
    const customership = asked.customership ?? null
    const seesNames = user.tasks.some((task) => task !== 'oversight')
    const use = { customership, user: user.id, kind: 'list', purpose: 'oversight' } as const
    await recordUse(store, clock, use)
    return c.json(await searchLog(store, asked, seesNames))
  })

  routes.get('/api/office/acts', async (c) => {
    await requireMainUser(c)
    return c.json(await readActs(store, parseInput(actsRequestSchema, c.req.query())))
  })

  routes.get('/api/office/log/check', async (c) => {
    await requireMainUser(c)
    return c.json(await checkTrail(parts))
  })

  routes.get('/api/office/log/trail', async (c) => {
    await requireMainUser(c)
    const body = Readable.toWeb(Readable.from(trailFile(parts))) as ReadableStream
    return c.body(body, 200, asFile('kirjausketju.txt'))
  })

  routes.get('/api/office/log/checkpoint', async (c) => {
    await requireMainUser(c)
    const line = `${checkpointLine(await makeCheckpoint(parts))}\n`
    return c.body(line, 200, asFile('tarkistuspiste.txt'))
  })

  routes.get('/api/log', async (c) => {
    const { id } = await requireReady(c)
    const asked = parseInput(ownLogRequestSchema, c.req.query())
    return c.json(await searchLog(store, { ...asked, user: id }, false))
  })

  return routes
}

const asFile = (name: string) => ({
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Disposition': `attachment; filename="${name}"`
})
