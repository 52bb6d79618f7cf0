import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { UnderFire } from '#tests/support/under-fire.ts'

const kills = Number(process.env['KOTIKAYNTI_KILLS'] ?? 5)

let fire: UnderFire
let server: ServerProcess

beforeEach(async () => {
  fire = await UnderFire.create()
  const port = await freePort()
  server = new ServerProcess(port, fire.world.env)
  fire.world.elsewhere = `http://127.0.0.1:${port}`
  await fire.world.stop()
})
afterEach(async () => {
  await server.kill()
  await fire.world.close()
})

test(
  `what a server acknowledged is there, exactly once, however often it is killed in the middle (${kills})`,
  { timeout: 120_000 + kills * 10_000 },
  async () => {
    // By chance each kill may have come just after an answer: one at least must have cut a push.
    for (let killed = 0; killed < kills || fire.cut === 0; killed += 1) {
      await server.start()
      await fire.pushUntilKilled(server)
    }
    await server.start()
    await fire.pushAll()
    await server.stop()
    expect(server.output).not.toContain('failed')
    await fire.expectKept()
  }
)
