import { afterEach, beforeEach, expect, test } from 'vitest'
import { isOnFiles } from '#tests/support/postgres.ts'
import { PowerCut } from '#tests/support/power-cut.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { UnderFire } from '#tests/support/under-fire.ts'
import { expectWhole } from '#tests/support/whole.ts'

const cuts = Number(process.env['KOTIKAYNTI_POWER_CUTS'] ?? 4)

let fire: UnderFire
let power: PowerCut

beforeEach(async () => {
  power = new PowerCut()
  fire = await UnderFire.create()
  await fire.world.stop()
})
afterEach(async () => {
  await fire.world.close()
  power.destroy()
})

async function serverWith(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await freePort()
  fire.world.elsewhere = `http://127.0.0.1:${port}`
  return new ServerProcess(port, { ...fire.world.env, ...env })
}

async function cutOnce(server: ServerProcess, keeps?: number): Promise<number> {
  power.settle(fire.world.folder)
  await server.start()
  await fire.pushUntilKilled(server)
  return power.cut(fire.world.folder, keeps)
}

test(
  `what was acknowledged is there, exactly once, when the power goes and with it whatever was not synced (${cuts})`,
  { timeout: 120_000 + cuts * 20_000 },
  async () => {
    const server = await serverWith(power.env())
    let lost = 0
    for (let count = 0; count < cuts || lost === 0; count += 1) {
      lost += await cutOnce(server)
      await expectWhole(fire.world.folder)
    }
    await server.start()
    await fire.pushAll()
    await server.stop()
    await fire.expectKept()
  }
)

test.runIf(isOnFiles)(
  'a register whose syncs are lies loses what it acknowledged: the disk under these tests forgets',
  { timeout: 120_000 },
  async () => {
    const server = await serverWith(power.env({ lies: 'register.db' }))
    while (fire.acknowledged.size === 0) await cutOnce(server, 0)
    await fire.world.start()
    let found = 0
    for (const id of fire.acknowledged.keys())
      if (await fire.world.parts.store.operations.find(id)) found += 1
    expect(found).toBeLessThan(fire.acknowledged.size)
  }
)
