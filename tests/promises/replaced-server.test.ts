import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pushAnswerSchema } from '#contract/push.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { UnderFire } from '#tests/support/under-fire.ts'

/** How often the server is replaced under load; each third time it is killed and not asked to stop. */
const replacements = Number(process.env['KOTIKAYNTI_REPLACEMENTS'] ?? 3)

/** The longest that a server lives before it is replaced. */
const lifeMilliseconds = 400

/** Half the server's own patience: it leaves when it has answered, and is not held by whoever asks on. */
const mostMilliseconds = 5000

let fire: UnderFire
let server: ServerProcess
let port: number

beforeEach(async () => {
  fire = await UnderFire.create(3)
  port = await freePort()
  server = new ServerProcess(port, fire.world.env)
  fire.world.elsewhere = `http://127.0.0.1:${port}`
  await fire.world.stop()
})
afterEach(async () => {
  await server.kill()
  await fire.world.close()
})

test(
  `no operation is lost or done twice while tablets push and the server is replaced (${replacements} times)`,
  { timeout: 60_000 + replacements * 10_000 },
  async () => {
    await server.start()
    let hasEnded = false
    const pushing = fire.pushUntil(() => hasEnded)
    try {
      for (let count = 1; count <= replacements; count += 1) {
        await pause(randomInt(lifeMilliseconds))
        const asked = performance.now()
        await (count % 3 === 0 ? server.kill() : server.stop())
        expect(performance.now() - asked).toBeLessThan(mostMilliseconds)
        await server.start()
      }
    } finally {
      hasEnded = true
    }
    await pushing
    await fire.pushAll()
    await server.stop()
    expect(server.output).not.toContain('failed')
    await fire.expectKept()
  }
)

/** A push as a socket sees it: its end is held back until it is told to go on. */
async function beginPush(): Promise<{
  asking: ClientRequest
  rest: string
  answered: Promise<{ status: number | undefined; body: unknown }>
}> {
  const [tablet] = fire.tablets
  if (!tablet) throw new Error('there is a tablet')
  fire.write(tablet)
  const envelopes = await Promise.all(tablet.outbox.map((item) => tablet.seal(item)))
  const outbox = { last: tablet.lastSeq, waiting: tablet.outbox.map(({ seq }) => seq) }
  const body = JSON.stringify({ device: tablet.device, outbox, envelopes })
  const asking = request({
    port,
    method: 'POST',
    path: '/api/sync/push',
    headers: {
      ...Object.fromEntries(tablet.client.headers({ 'Content-Type': 'application/json' })),
      'Content-Length': Buffer.byteLength(body)
    }
  })
  const answered = once(asking, 'response').then(async ([given]) => {
    const answer = given as IncomingMessage
    const text = (await answer.toArray()).join('')
    return { status: answer.statusCode, body: JSON.parse(text) as unknown }
  })
  const half = Math.floor(body.length / 2)
  await new Promise<void>((resolve) => {
    asking.write(body.slice(0, half), () => resolve())
  })
  return { asking, rest: body.slice(half), answered }
}

test('a server that is told to stop answers the push in hand, lets nobody new in, and leaves', async () => {
  await server.start()
  const { asking, rest, answered } = await beginPush()
  // What the server has of it so far is in its hands: an answer to another comes after it.
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200)
  const stopped = server.stop()
  let isRefused = false
  while (!isRefused)
    isRefused = await fetch(`http://127.0.0.1:${port}/api/health`).then(
      () => false,
      () => true
    )
  asking.end(rest)
  const { status, body } = await answered
  expect(status).toBe(200)
  const { results } = pushAnswerSchema.parse(body)
  expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
  await stopped
  expect(server.output).toContain('"event":"stopped"')
  for (const { again: _, ...result } of results) fire.acknowledged.set(result.id, result)
  await fire.expectKept()
})
