import 'fake-indexeddb/auto'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import type { CustomershipId, DeviceId, OperationId, UserId } from '#contract/id.ts'
import type { SignedInUser } from '#contract/session.ts'
import { DoorDatabase, VaultDatabase, type OutboxRow } from '#lib/device/database.ts'
import { manifestOf } from '#lib/sync/apply.ts'
import { pull } from '#lib/sync/pull.ts'
import { isHeldValue } from '#lib/vault/room.ts'
import { Vault } from '#lib/vault/vault.svelte.ts'
import { DyingDisk } from '#tests/support/dying-disk.ts'
import { answerWith, json } from '#tests/support/push-stub.ts'

const device = '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId
const userId = '019a9b2c-0000-7000-8000-00000000000a' as UserId
const user = {
  id: userId,
  username: 'helmi',
  displayName: 'Helmi',
  role: 'worker',
  tasks: ['care']
}
const enrolment = {
  userName: 'Helmi',
  label: 'Tabletti',
  passphrase: 'kuusi harmaata varista katolla',
  user: user as unknown as SignedInUser
}
const leaving = '5f0c2f3e-1111-4222-8333-000000000001' as CustomershipId
const staying = '5f0c2f3e-1111-4222-8333-000000000002' as CustomershipId
const word = 'Zyxkuvitteellinen'

const key = Buffer.alloc(65, 4).toString('base64url')
const sealingKey = { id: 'k1', publicKey: key }
const policy = { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 }
const at = '2026-11-22T10:00:00.000Z'

/** Each of many lives derives real keys, on machines that may be busy. */
vi.setConfig({ testTimeout: 300_000 })

const disk = new DyingDisk()
const remove = disk.install()
afterAll(() => remove())
beforeEach(() => disk.renew())

const frame = (id: CustomershipId, purgeAfter: string) => ({
  frame: 'customership',
  ...{ id, revision: 4, view: 'view1', reset: true, purgeAfter },
  entries: [
    {
      ...{ id: '019a9b2c-0000-7000-8000-0000000000e1', kind: 'profile', revision: 4, at },
      by: user.id,
      data: { firstName: { value: word } }
    }
  ]
})
const lease = { device, user: user.id, issued: at, until: at, sig: 'bGVhc2U' }
const end = () => ({
  frame: 'end',
  serverTime: new Date().toISOString(),
  ...{ generation: 'g1', sealingKey, policy, safeThrough: null, lease }
})

/** What was changed of it since. */
const newer = (id: CustomershipId, purgeAfter: string) => ({
  ...frame(id, purgeAfter),
  ...{ revision: 5, reset: false },
  entries: frame(id, purgeAfter).entries.map((entry) => ({ ...entry, revision: 5 }))
})

function serve(of = frame): void {
  answerWith((path) => {
    if (path === '/api/devices')
      return json({ device, leaseKey: 'bGVhc2U', sealingKey, policy }, 201)
    const frames = [of(leaving, '2099-12-30'), of(staying, '2099-12-31'), end()]
    const text = frames.map((one) => `${JSON.stringify(one)}\n`).join('')
    return new Response(text, { headers: { 'Content-Type': 'application/x-ndjson' } })
  })
}

const row = (seq: number): OutboxRow => {
  const id = crypto.randomUUID() as OperationId
  return {
    ...{ id, seq, customership: leaving, line: new ArrayBuffer(12), waiting: 1 as const },
    envelope: { id, seq, key: 'k', enc: 'e', sealedKey: 's', nonce: 'n', ciphertext: 'c' },
    ...{ attempted: false, writtenAt: 0, restsUntil: 0 }
  }
}

async function started(): Promise<Vault> {
  const vault = new Vault(() => undefined)
  await vault.start()
  return vault
}

/** As far as the disk lets it. What a dying tablet says is heard by nobody. */
async function until(disasterAt: number, live: (vault: Vault) => Promise<unknown>) {
  const vault = new Vault(() => undefined)
  disk.dieAfter(disasterAt)
  const died = await live(vault).then(
    () => false,
    () => true
  )
  const { steps } = disk
  vault.stop()
  disk.dieAfter(Infinity)
  return { died, steps }
}

/** Every fifth step; the long run tries each. */
const stride = Number(process.env['KOTIKAYNTI_STEP_STRIDE'] ?? 5)

/** At one step after another, until it lives through all of them. */
async function atEachStep(
  prepare: () => Promise<void>,
  live: (vault: Vault) => Promise<unknown>,
  judge: (step: number) => Promise<void>
): Promise<number> {
  for (let step = 0; ; step += stride) {
    await disk.renew()
    await prepare()
    const { died, steps } = await until(step, live)
    await judge(step).catch((error: unknown) => {
      throw new Error(`after step ${step}`, { cause: error })
    })
    if (!died && steps < step) return step
    if (step > 400) throw new Error('it never ends')
  }
}

const enrolled = async () => {
  serve()
  const vault = await started()
  expect(await vault.enrol(enrolment)).toBeNull()
  return vault
}

/** Two customerships, and a note that nobody has yet. */
async function inUse(): Promise<void> {
  const vault = await enrolled()
  if (!vault.opened) throw new Error('the vault is open')
  expect(await pull(vault.opened, () => undefined)).toBe('done')
  await vault.opened.database.outbox.put(row(1))
  vault.stop()
}

async function readable(vault: Vault): Promise<CustomershipId[]> {
  const { opened } = vault
  if (!opened) throw new Error('the vault is open')
  const rows = await opened.database.customerships.toArray()
  const values = await opened.openHeld('customerships', rows, await manifestOf(opened.database))
  return rows.flatMap(({ id }, index) => (isHeldValue(values[index]) ? [id] : []))
}

const waiting = () => new VaultDatabase(device).outbox.where('waiting').equals(1).count()
const slotOf = (id: CustomershipId) =>
  Buffer.from(disk.keyringOf(device)).indexOf(Buffer.from(id.replaceAll('-', ''), 'hex'))

test('an enrolment that was cut off at any step is finished, or begins anew and works', async () => {
  const steps = await atEachStep(
    async () => serve(),
    async (vault) => {
      await vault.start()
      await vault.enrol(enrolment)
    },
    async () => {
      const vault = await started()
      if (vault.state === 'absent') expect(await vault.enrol(enrolment)).toBeNull()
      else expect(await vault.unlock({ passphrase: enrolment.passphrase })).toBe('open')
      expect(await vault.opened?.sign('x')).toMatch(/^[\w-]{86}$/)
      vault.stop()
    }
  )
  expect(steps).toBeGreaterThan(5)
})

test('a first fetch that was cut off at any step goes on, and every value then opens', async () => {
  const steps = await atEachStep(
    async () => (await enrolled()).stop(),
    async (vault) => {
      await vault.start()
      await vault.unlock({ passphrase: enrolment.passphrase })
      if (vault.opened) await pull(vault.opened, () => undefined)
    },
    async () => {
      const vault = await started()
      expect(await vault.unlock({ passphrase: enrolment.passphrase })).toBe('open')
      // Whatever came before the disaster opens: its key was on the disk before it.
      const came = await new VaultDatabase(device).customerships.toCollection().primaryKeys()
      expect(await readable(vault)).toEqual(came)
      if (vault.opened) expect(await pull(vault.opened, () => undefined)).toBe('done')
      expect((await readable(vault)).sort()).toEqual([leaving, staying])
      vault.stop()
    }
  )
  expect(steps).toBeGreaterThan(8)
})

test('a pull of what is newer that was cut off at any step left each client as it was or as it is, and goes on', async () => {
  const revisions = async () =>
    (await new VaultDatabase(device).customerships.toArray()).map(({ revision }) => revision)
  const before = new Set<string>()
  const steps = await atEachStep(
    async () => {
      await inUse()
      serve(newer)
    },
    async (vault) => {
      await vault.start()
      await vault.unlock({ passphrase: enrolment.passphrase })
      if (vault.opened) await pull(vault.opened, () => undefined)
    },
    async () => {
      before.add((await revisions()).join())
      const vault = await started()
      expect(await vault.unlock({ passphrase: enrolment.passphrase })).toBe('open')
      expect((await readable(vault)).sort()).toEqual([leaving, staying])
      if (vault.opened) expect(await pull(vault.opened, () => undefined)).toBe('done')
      expect((await readable(vault)).sort()).toEqual([leaving, staying])
      expect([await revisions(), await waiting()]).toEqual([[5, 5], 1])
      vault.stop()
    }
  )
  expect(steps).toBeGreaterThan(4)
  expect([...before]).toEqual(expect.arrayContaining(['4,4', '5,5']))
})

test('§7 a purge that was cut off at any step is finished at the next start, locked, and takes nothing else', async () => {
  await atEachStep(
    async () => {
      await inUse()
      // The day came; a row's last day is in clear, and purging goes by it.
      for (const table of ['customerships', 'faces'] as const)
        await new VaultDatabase(device)[table].update(leaving, {
          purgeAfter: '2020-01-01' as never
        })
    },
    (vault) => vault.start(),
    async () => {
      const vault = await started()
      expect([slotOf(leaving), slotOf(staying) > 0, await waiting()]).toEqual([-1, true, 1])
      expect(await vault.unlock({ passphrase: enrolment.passphrase })).toBe('open')
      expect(await readable(vault)).toEqual([staying])
      vault.stop()
    }
  )
})

test('a wipe that was cut off at any step is finished at the next start, and no unsent note goes with it', async () => {
  const order = async () => {
    await inUse()
    await new DoorDatabase().vaults.update(device, { state: 'wiping' })
  }
  await atEachStep(
    order,
    (vault) => vault.start(),
    async () => {
      const vault = await started()
      vault.stop()
      expect(disk.keyringOf(device).every((byte) => byte === 0)).toBe(true)
      expect(await waiting()).toBe(1)
    }
  )
  await atEachStep(
    async () => {
      await order()
      await new VaultDatabase(device).outbox.toCollection().modify({ waiting: 0 })
    },
    (vault) => vault.start(),
    async () => {
      const vault = await started()
      expect(vault.state).toBe('absent')
      vault.stop()
      expect(disk.keyringOf(device).every((byte) => byte === 0)).toBe(true)
      // Its database stays until the server has heard of it, as the journey of the lost tablet shows.
      expect(await new VaultDatabase(device).customerships.count()).toBe(0)
    }
  )
})
