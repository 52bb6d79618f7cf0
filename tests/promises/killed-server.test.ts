import { appendFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isOnFiles } from '#tests/support/postgres.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { UnderFire, weights } from '#tests/support/under-fire.ts'
import { expectWhole } from '#tests/support/whole.ts'

const kills = Number(process.env['KOTIKAYNTI_KILLS'] ?? 5)
/** A soak has each push bring as much as it can, and is told where to write down what was acknowledged. */
const { KOTIKAYNTI_TALLY: tally } = process.env
/** Of one register: what is read of it at the end stays small enough to be looked at. */
const mostOfOne = 50
const registers = Array.from({ length: Math.ceil(kills / mostOfOne) }, (_, index) =>
  Math.min(mostOfOne, kills - index * mostOfOne)
)

let fire: UnderFire
let server: ServerProcess

beforeEach(async () => {
  fire = await UnderFire.create(1, tally === undefined ? weights.light : weights.heavy)
  const port = await freePort()
  server = new ServerProcess(port, fire.world.env)
  fire.world.elsewhere = `http://127.0.0.1:${port}`
  await fire.world.stop()
})
afterEach(async () => {
  await server.kill()
  await fire.world.close()
})

test.each(registers)(
  'what a server acknowledged is there, exactly once, however often it is killed in the middle (%i)',
  { timeout: 120_000 + kills * 10_000 },
  async (count) => {
    // By chance each kill may have come just after an answer: one at least must have cut a push.
    for (let killed = 0; killed < count || fire.cut === 0; killed += 1) {
      await server.start()
      await fire.pushUntilKilled(server)
      if (isOnFiles) await expectWhole(fire.world.folder)
    }
    await server.start()
    await fire.pushAll()
    await server.stop()
    expect(server.output).not.toContain('failed')
    await fire.expectKept()
    const line = { kills: count, acknowledged: fire.acknowledged.size, cut: fire.cut }
    if (tally !== undefined) await appendFile(tally, `${JSON.stringify(line)}\n`)
  }
)
