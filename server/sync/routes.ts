import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable, pipeline } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import { Hono } from 'hono'
import { pullRequestSchema } from '#contract/pull.ts'
import { pushLimits, pushRequestSchema, type PushRequest } from '#contract/push.ts'
import { rescueFileBytes } from '#contract/rescue-format.ts'
import { rescueFileSchema } from '#contract/rescue.ts'
import { recordUse } from '#server/audit/usage.ts'
import { requireDevice, requireOwnDevice } from '#server/http/device.ts'
import { parseInput, readBody, readJson } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { takeRescue } from './rescue.ts'

/** An envelope without a readable id or number cannot be answered, so the whole request is unreadable. */
function readPush(value: unknown): PushRequest {
  const parsed = pushRequestSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const isEnvelope = parsed.error.issues.some(
    ({ path }) => path[0] === 'envelopes' && path.length > 1
  )
  if (isEnvelope) throw new Problem('malformed')
  return parseInput(pushRequestSchema, value)
}

const acceptsGzip = (header: string | undefined): boolean =>
  (header ?? '').split(',').some((coding) => {
    const [name, weight] = coding.trim().split(/\s*;\s*/)
    return (name === 'gzip' || name === '*') && !/^q=0(\.0*)?$/.test(weight ?? '')
  })

/**
 * A stream that fails is cut off without its `end`, which is how the tablet knows. §5: whoever serves
 * the stream prints what it failed with, so nothing of the fault's own words goes there.
 */
async function* cutQuietly(
  lines: AsyncIterable<string>,
  tell: (error: Error) => void
): AsyncGenerator<string> {
  try {
    yield* lines
    return
  } catch (error) {
    tell(error as Error)
  }
  throw new Error('a pull was cut')
}

export function syncRoutes(parts: Parts): Hono {
  const routes = new Hono()

  routes.post('/api/sync/push', async (c) => {
    const request = readPush(await readJson(c, pushLimits.bytes))
    const device = await requireDevice(c, request.device)
    const answer = await push(parts, device, request)
    parts.meters.pushed(answer.results)
    return c.json(answer)
  })

  routes.post('/api/rescue', async (c) => {
    const { id: user } = await requireMainUser(c)
    const file = await readBody(c, rescueFileSchema, rescueFileBytes)
    const answer = await takeRescue(parts, file)
    // §12: what was written is told of its author; who handed it over is told here.
    await recordUse(parts.store, parts.clock, {
      customership: null,
      user,
      kind: 'write',
      purpose: 'organising'
    })
    for (const { device, counts, again } of answer.devices)
      parts.log.write('rescue-taken', { user, device, ...counts, again })
    return c.json(answer)
  })

  routes.post('/api/sync/pull', async (c) => {
    const request = await readBody(c, pullRequestSchema)
    const { user, device } = await requireOwnDevice(c, request.device)
    const lines = await pull(parts, device, user, request)
    if (!lines) throw new Problem('send-have')

    // Whoever reads the stream does so later, and in nobody's name.
    const tell = AsyncLocalStorage.bind((error: Error) => {
      parts.log.write('pull-cut', { device: device.id, error: error.name })
    })
    const source = Readable.from(cutQuietly(lines, tell), { objectMode: false })
    c.header('Content-Type', 'application/x-ndjson')
    c.header('Vary', 'Accept-Encoding')
    if (!acceptsGzip(c.req.header('Accept-Encoding'))) {
      return c.body(Readable.toWeb(source) as ReadableStream)
    }
    c.header('Content-Encoding', 'gzip')
    const gzip = createGzip({ level: constants.Z_BEST_SPEED })
    pipeline(source, gzip, () => undefined)
    return c.body(Readable.toWeb(gzip) as ReadableStream)
  })

  return routes
}
