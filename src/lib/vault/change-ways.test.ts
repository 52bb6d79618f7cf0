import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import type { FrameOf } from '#contract/pull.ts'
import { FailingDisk, type Cut } from '#tests/support/failing-disk.ts'
import { RoomHouse } from '#tests/support/vault-room.ts'
import type { AskedChange } from './ways.ts'
import { changeWays, type WayOutcome } from './change-ways.ts'
import { memoryFile } from './keyring-place.ts'
import { Keyring } from './keyring.ts'
import type { Secret } from './keys.ts'
import { nearTo } from './near.ts'
import type { Resident, Room, SealedCustomership } from './room.ts'

const resident: Resident = {
  user: '019a9b2c-0000-7000-8000-00000000000a' as UserId,
  device: '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId,
  storage: 'opfs'
}
const passphrase = 'kuusi harmaata varista katolla'
const time = Date.parse('2026-11-22T10:00:00Z')
const limit = 10
const clients = [1, 2].map((n) => `5f0c2f3e-1111-4222-8333-44445555666${n}` as CustomershipId)
const bankBytes = 139_264

const passkey = (n: number) => ({
  credential: `avain-${n}`,
  secret: new Uint8Array(32).fill(n)
})
const typed = { passphrase }

const frame = (id: CustomershipId): FrameOf<'customership'> => ({
  frame: 'customership',
  id,
  revision: 4,
  view: 'view1',
  reset: true,
  purgeAfter: '2026-12-31' as Day,
  entries: []
})

/** As the page does it: in a room of its own, after which the vault's takes the new root. */
async function change(vault: Vault, room: Room, asked: AskedChange): Promise<WayOutcome> {
  const keyring = new Keyring(vault.house.place(resident.device))
  const kdf = async () => ({ memory: 19 * 1024, passes: 1, parallelism: 1 })
  const outcome = await changeWays({ keyring, owner: resident, kdf }, { ...asked, time })
  const [by] = asked.do === 'remove' && outcome === 'done' ? asked.by : []
  // Gone at once, not only when somebody unlocks.
  if (by) expect([0, 1].filter((n) => !isEmpty(bank(vault, n)))).toHaveLength(1)
  if (by) expect((await room.unlock({ resident, by, limit, time })).result).toBe('open')
  return outcome
}

const addPasskey = (vault: Vault, room: Room, n: number, by: Secret, name = `Avain ${n}`) =>
  change(vault, room, {
    do: 'add-passkey',
    by,
    name,
    ...passkey(n),
    secretAgain: passkey(n).secret.slice()
  })

const remove = (vault: Vault, room: Room, n: number, by: readonly Secret[]) =>
  change(vault, room, { do: 'remove', credential: passkey(n).credential, by })

class Vault {
  readonly house = new RoomHouse()
  sealed: SealedCustomership[] = []
  own = new ArrayBuffer(0)

  /** With two clients, the vault's own value, the passphrase, and passkeys 1 and 2. */
  static async create(): Promise<Vault> {
    const vault = new Vault()
    const room = vault.house.room()
    await room.prepare()
    await room.create({ resident, passphrase, leaseKey: 'bGVhc2U' })
    for (const id of clients)
      vault.sealed.push(
        (
          await room.merge({ frames: [frame(id)], rows: [], manifest: null, near: nearTo(time) })
        )[0]!
      )
    vault.own = await room.sealOwn({ item: 'x', revision: 1, value: 'oma' })
    expect(await addPasskey(vault, room, 1, typed)).toBe('done')
    expect(await addPasskey(vault, room, 2, passkey(1))).toBe('done')
    return vault
  }

  copy(): Vault {
    const copy = new Vault()
    copy.house.files.set(resident.device, memoryFile(this.content().slice()))
    copy.sealed = this.sealed
    copy.own = this.own
    return copy
  }

  content(): Uint8Array<ArrayBuffer> {
    return this.house.files.get(resident.device)!.content()
  }

  async unlock(by: Secret): Promise<{ room: Room; result: string }> {
    const room = this.house.room()
    const { result } = await room.unlock({ resident, by, limit, time })
    return { room, result }
  }

  async opened(by: Secret): Promise<Room> {
    const { room, result } = await this.unlock(by)
    expect(result).toBe('open')
    return room
  }

  /** Everything that was sealed before still opens, and the device signs as before. */
  async expectWhole(room: Room): Promise<void> {
    const put = clients.map((id) => ({ id, revision: 4 }))
    const { sealed: manifest } = await room.changeManifest({ manifest: null, put })
    const rows = this.sealed.map(({ whole }) => whole)
    const held = await room.openHeld({ table: 'customerships', rows, manifest })
    expect(held).toEqual([{ entries: [] }, { entries: [] }])
    expect(await room.openOwn({ item: 'x', revision: 1, sealed: this.own })).toBe('oma')
    expect(await room.sign({ words: 'x' })).toMatch(/^[\w-]{86}$/)
  }

  ways(): Promise<string[]> {
    const ways = this.house.room().ways({ resident })
    return ways.then((all) => all.map(({ method, name }) => name || method).sort())
  }

  holds(needle: Uint8Array): boolean {
    return Buffer.from(this.content()).includes(Buffer.from(needle))
  }
}

/** The wrapped key of each way and each client, as bytes that may lie on the disk. */
async function wrappedIn(vault: Vault): Promise<Uint8Array[]> {
  const bytes = vault.content()
  const base = bytes.slice(bankBytes).some((byte) => byte !== 0) ? bankBytes : 0
  const found: Uint8Array[] = []
  for (let at = base + 512; at < base + 4608; at += 512) {
    const wrapped = /"wrapped":"([\w-]+)"/.exec(Buffer.from(bytes.slice(at, at + 512)).toString())
    if (wrapped?.[1]) found.push(Buffer.from(wrapped[1]))
  }
  for (const n of [0, 1])
    found.push(bytes.slice(base + 8192 + n * 64 + 16, base + 8192 + n * 64 + 56))
  found.push(bytes.slice(base + 5122, base + 5122 + 100))
  return found
}

test('each way opens the same vault, a passkey of somebody else none, and its try is not counted', async () => {
  const vault = await Vault.create()
  for (const by of [typed, passkey(1), passkey(2)]) await vault.expectWhole(await vault.opened(by))
  expect((await vault.unlock(passkey(3))).result).toBe('other-passkey')
  const wrong = { ...passkey(1), secret: passkey(2).secret }
  for (let tries = 0; tries < 12; tries += 1)
    expect((await vault.unlock(wrong)).result).toBe('other-passkey')
  expect((await vault.unlock({ passphrase: 'jotain muuta' })).result).toBe('wrong')
  await vault.opened(typed)
  expect(await vault.house.room().ways({ resident })).toEqual([
    { method: 'passphrase', credential: '', name: '', addedAt: null },
    { method: 'passkey', credential: 'avain-1', name: 'Avain 1', addedAt: time },
    { method: 'passkey', credential: 'avain-2', name: 'Avain 2', addedAt: time }
  ])
})

test('a passkey that answers twice differently, or whose slot does not open, leaves nothing behind', async () => {
  const vault = await Vault.create()
  const room = await vault.opened(passkey(1))
  const before = vault.content().slice()
  const asked = { do: 'add-passkey', by: passkey(1), name: 'Kolmas', ...passkey(3) } as const
  const twice = change(vault, room, { ...asked, secretAgain: new Uint8Array(32).fill(4) })
  expect(await twice).toBe('disagree')
  expect(vault.content()).toEqual(before)
  // A disk that changes a letter of what it was given.
  const file = vault.house.files.get(resident.device)!
  vault.house.disk = {
    ...file,
    write: (at, bytes) => {
      const text = Buffer.from(bytes).toString('latin1')
      file.write(at, new Uint8Array(Buffer.from(text.replace('Kolmas', 'Kolmus'), 'latin1')))
    }
  }
  const spoilt = change(vault, room, { ...asked, secretAgain: passkey(3).secret.slice() })
  expect(await spoilt).toBe('disagree')
  vault.house.disk = null
  expect(vault.content()).toEqual(before)
})

test('nobody adds a way to an open vault without the secret of one that stands', async () => {
  const vault = await Vault.create()
  const room = await vault.opened(passkey(1))
  expect(await addPasskey(vault, room, 3, { ...passkey(1), secret: passkey(2).secret })).toBe(
    'wrong'
  )
  const guess = { passphrase: 'arvaan jotakin muuta' }
  for (let tries = 0; tries < 5; tries += 1)
    expect(await addPasskey(vault, room, 3, guess)).toBe('wrong')
  expect(await addPasskey(vault, room, 3, typed)).toBe('wait')
  expect(await vault.ways()).toEqual(['Avain 1', 'Avain 2', 'passphrase'])
})

test('what a slot cannot hold is refused, and so is the ninth way and the same one twice', async () => {
  const vault = await Vault.create()
  const room = await vault.opened(passkey(1))
  expect(await addPasskey(vault, room, 3, passkey(1), 'ä'.repeat(240))).toBe('too-long')
  const long = { credential: 'c'.repeat(250), secret: passkey(3).secret }
  const name = 'n'.repeat(40)
  const fits = { do: 'add-passkey', by: passkey(1), name, ...long } as const
  expect(await change(vault, room, { ...fits, secretAgain: long.secret.slice() })).toBe('done')
  expect(await addPasskey(vault, room, 1, passkey(1))).toBe('known')
  for (const n of [4, 5, 6, 7]) expect(await addPasskey(vault, room, n, passkey(1))).toBe('done')
  expect(await addPasskey(vault, room, 8, passkey(1))).toBe('full')
  await vault.opened(passkey(7))
})

test('changing the passphrase wraps anew: the old one opens nothing, its wrapping is gone, the rest stands', async () => {
  const vault = await Vault.create()
  const [old] = await wrappedIn(vault)
  const room = await vault.opened(passkey(1))
  const asked = {
    do: 'change-passphrase',
    by: typed,
    passphrase: 'seitsemän uutta lokkia'
  } as const
  expect(await change(vault, room, asked)).toBe('done')
  expect(vault.holds(old!)).toBe(false)
  expect((await vault.unlock(typed)).result).toBe('wrong')
  await vault.expectWhole(await vault.opened({ passphrase: 'seitsemän uutta lokkia' }))
  expect(await vault.ways()).toEqual(['Avain 1', 'Avain 2', 'passphrase'])
  await vault.expectWhole(await vault.opened(passkey(2)))
})

test('removing a passkey changes the root: it opens nothing, the others open everything, no old wrapping is left', async () => {
  const vault = await Vault.create()
  const old = await wrappedIn(vault)
  expect(old.every((bytes) => vault.holds(bytes))).toBe(true)
  const room = await vault.opened(typed)
  expect(await remove(vault, room, 2, [typed, passkey(1)])).toBe('done')
  expect(old.filter((bytes) => vault.holds(bytes))).toEqual([])
  expect((await vault.unlock(passkey(2))).result).toBe('other-passkey')
  for (const by of [typed, passkey(1)]) await vault.expectWhole(await vault.opened(by))
  // The room that did it goes on, and so does the next change, back in the first bank.
  await vault.expectWhole(room)
  expect(await remove(vault, room, 1, [typed])).toBe('done')
  expect(await vault.ways()).toEqual(['passphrase'])
  await vault.expectWhole(await vault.opened(typed))
})

test('a way that is not proven goes too; without any proof, or with a wrong one, nothing changes', async () => {
  const vault = await Vault.create()
  const room = await vault.opened(typed)
  const before = vault.content().slice()
  expect(await remove(vault, room, 2, [])).toBe('last')
  expect(await remove(vault, room, 2, [{ ...passkey(1), secret: passkey(3).secret }])).toBe('wrong')
  expect(await remove(vault, room, 2, [passkey(2)])).toBe('wrong')
  expect(vault.content()).toEqual(before)
  expect(await remove(vault, room, 2, [passkey(1)])).toBe('done')
  expect(await vault.ways()).toEqual(['Avain 1'])
  expect((await vault.unlock(typed)).result).toBe('wrong')
})

test('§7 a customership is forgotten under the new root as well, and no bank keeps a copy of its key', async () => {
  const vault = await Vault.create()
  const room = await vault.opened(typed)
  expect(await remove(vault, room, 2, [passkey(1)])).toBe('done')
  const named = Buffer.from(clients[0]!.replaceAll('-', ''), 'hex')
  expect(vault.holds(named)).toBe(true)
  // And what a crash left in the other bank.
  vault.house.files.get(resident.device)!.write(8192, new Uint8Array([...named, ...named]))
  await vault.house.room().destroySlots({ resident, ids: [clients[0]!] })
  expect(vault.holds(named)).toBe(false)
  const later = await vault.opened(passkey(1))
  const put = clients.map((id) => ({ id, revision: 4 }))
  const { sealed: manifest } = await later.changeManifest({ manifest: null, put })
  const rows = vault.sealed.map(({ whole }) => whole)
  const held = await later.openHeld({ table: 'customerships', rows, manifest })
  expect(held).toEqual([null, { entries: [] }])
})

test('another tab with the keys of before reads on, and adds no key that would never open', async () => {
  const vault = await Vault.create()
  const other = await vault.opened(typed)
  const room = await vault.opened(passkey(1))
  expect(await remove(vault, room, 2, [passkey(1)])).toBe('done')
  await vault.expectWhole(other)
  const fresh = frame('5f0c2f3e-1111-4222-8333-444455556669' as CustomershipId)
  const merging = other.merge({ frames: [fresh], rows: [], manifest: null, near: nearTo(time) })
  await expect(merging).rejects.toThrow('the root was changed')
})

/** Each step of a change, cut in each way; answers how many cuts there were. */
async function cutEverywhere(
  begun: Vault,
  act: (vault: Vault, room: Room) => Promise<unknown>,
  check: (vault: Vault, said: string) => Promise<void>,
  cuts: readonly Cut[] = ['before', 'torn', 'lost']
): Promise<number> {
  const counting = begun.copy()
  const uncut = await counting.opened(passkey(1))
  const disk = new FailingDisk(counting.house.files.get(resident.device)!)
  counting.house.disk = disk
  await act(counting, uncut)
  for (let at = 1; at <= disk.steps; at += 1)
    for (const cut of cuts) {
      const vault = begun.copy()
      const room = await vault.opened(passkey(1))
      vault.house.disk = new FailingDisk(vault.house.files.get(resident.device)!, at, cut)
      await expect(act(vault, room)).rejects.toThrow('the power went')
      vault.house.disk = null
      await check(vault, `${cut} ${at}`)
    }
  return disk.steps
}

const isEmpty = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)
const bank = (vault: Vault, n: number) => {
  const bytes = vault.content().slice(n * bankBytes, (n + 1) * bankBytes)
  return Buffer.concat([bytes.slice(512, 4608), bytes.slice(5120)])
}

test('a removal cut at any step opens with what stays, and the next unlock leaves one root on the disk', async () => {
  const first = await Vault.create()
  const second = first.copy()
  const room = await second.opened(typed)
  expect(await addPasskey(second, room, 3, passkey(1))).toBe('done')
  expect(await remove(second, room, 3, [passkey(1), passkey(2)])).toBe('done')
  const seen = new Set<string>()
  for (const begun of [first, second]) {
    const old = await wrappedIn(begun)
    const act = (vault: Vault, opened: Room) => remove(vault, opened, 2, [passkey(1)])
    const steps = await cutEverywhere(begun, act, async (vault, said) => {
      await vault.expectWhole(await vault.opened(passkey(1)))
      const left = [0, 1].filter((n) => !isEmpty(bank(vault, n)))
      expect(left, said).toHaveLength(1)
      const isRemoved = !(await vault.ways()).includes('Avain 2')
      seen.add(isRemoved ? 'removed' : 'as before')
      const kept = old.filter((bytes) => vault.holds(bytes)).length
      expect(kept, said).toBe(isRemoved ? 0 : old.length)
      const { result } = await vault.unlock(passkey(2))
      expect(result, said).toBe(isRemoved ? 'other-passkey' : 'open')
      // It can be done again.
      expect(await remove(vault, await vault.opened(passkey(1)), 2, [passkey(1)]), said).toBe(
        'done'
      )
      expect((await vault.unlock(passkey(2))).result, said).toBe('other-passkey')
      await vault.expectWhole(await vault.opened(passkey(1)))
    })
    expect(steps).toBeGreaterThanOrEqual(10)
  }
  expect(seen).toEqual(new Set(['removed', 'as before']))
})

test('a change of passphrase cut at any step opens with the old one or the new, and unlocking keeps one', async () => {
  const begun = await Vault.create()
  const renewed = { passphrase: 'seitsemän uutta lokkia' }
  const act = (vault: Vault, room: Room) =>
    change(vault, room, { do: 'change-passphrase', by: passkey(1), ...renewed })
  await cutEverywhere(
    begun,
    act,
    async (vault, said) => {
      const isOld = (await vault.unlock(typed)).result === 'open'
      if (!isOld) await vault.opened(renewed)
      const ways = await vault.ways()
      expect(ways, said).toEqual(['Avain 1', 'Avain 2', 'passphrase'])
      const other = (await vault.unlock(isOld ? renewed : typed)).result
      expect(other, said).toBe('wrong')
      // Slots: three of them, and nothing half written in the others.
      const slots = [1, 2, 3, 4, 5, 6, 7, 8].filter(
        (n) => !isEmpty(vault.content().slice(n * 512, (n + 1) * 512))
      )
      expect(slots, said).toHaveLength(3)
    },
    ['torn', 'lost']
  )
}, 180_000)

/** A file as version 0.1.0 wrote it, with one client; what follows its slots' contents is zeros. */
const ofBefore = {
  head: [
    'APh7Im1ldGhvZCI6InBhc3NwaHJhc2UiLCJjcmVkZW50aWFsIjoiIiwia2RmIjp7Im1lbW9yeSI6MTk0',
    'NTYsInBhc3NlcyI6MSwicGFyYWxsZWxpc20iOjF9LCJzYWx0Ijoib2hUYXFUZmlwZ1ZEazRNa3BCVURR',
    'LXh3WUdmOTJqM3Ywc0UxbnhNaG9jQSIsInN0cmV0Y2hTYWx0IjoiLUlYTVh5bHNFcjhwRHZ0TzV6TVRW',
    'dyIsIndyYXBwZWQiOiJpeG5aQXBqaU1abHhhc3dRQ2N6Q3pSUy11SDVxSi1Ka2hKVW1HNnVEOWh3NzBh',
    'VlA0aHVoVUEifQ'
  ].join(''),
  signing: [
    'AKaIg9uWVdSQ0N/2PPWlGuM1EFFe2W96JTjj66CKN8/udc9veIiC6HGsZil+oZB9U97adSfR5u/0+kBd',
    'xFdkwL50WE0fXM5AW7RTH0lYGtL9vTCqPCbSBiYJoqm/qSQwxcZms/ElKDMuvfGzuvOeSJ743NqBEnQN',
    'M8FOK8QC/fXz20mDZFKvFYAlUAuK8jkAdO8dZTaIW8rPwM0QY0tbS9rJBswpT6XD'
  ].join(''),
  lease: [
    'ARxKnfds2QPUykMIgH0o3mwKWfLtUaWijFKasbOsaQiOLjeKZ9LOeps2dgopM/FjUWDHXLeNBg4aM/Vj',
    '1G5FNYRL1Aar6VQG2gXp806kzoNFaKQet0K05gj1sV3AVWYIsVMO64i+qRRBruld136Td7K/47lBue2i',
    'O4Lanbg4ZKjTzFU0LvbjNt5uxYfeQXEczdaShXRJXhF8QU1VvxpZWQNPgjRqbdxLCCbyAkxVpQpyPFVZ',
    '5vmGKm2yYDpzJD46djgQkyLCsv0/H1cZK9qi6jlX/YJcrTkQSwky1grhhF5MsNDnV8WOAoLZO7d7dgBB',
    'oxImsaiq610FogZFiWVb3uJe1Atbwxta2arHbexs+rNFPLT4wubh9rq/Z0Q94w'
  ].join(''),
  key: ['XwwvPhERQiKDM0REVVVmZvdHVD3WIR8ryQMlfH2n5MOH5IcaCsBCy7vkRCS4drUfvZvG2QlAOt0'].join(''),
  own: [
    '9P/PJgpIQzaMbvRmw3NRh4rRNEBa99lG87Xv4bOyXmOOPyqW7QfM8IqotIWcDhtyOpa1ITrk8svZjhf2',
    'QkB5Pq4Hk7gxUSenaylpN5X2Y0u6lcRkefv568N5FdntQRpg2q9gznenpP4INnw3SiUxwKhzPT3EGW7X',
    '2iyuk+wUjpvP04ICAiHPF4NFppfqas3Nwn4s/bVq1CkBj3EQISe1WbHLvTtT/M1kKaF5o5csKDiE6bO/',
    'i8urWDVGvBHDHvdbrn69vt8d2Mlurwhj8tG5UtDyN48kj2GO6aMNbA8/nxDou390cwckcll9lmGT9gMO',
    '3jZi0ejqGQC9ucmLCl18KnV/wTtA2DhFG3i7VZcpAnFNdNeRqqUiKR1XhYc='
  ].join('')
}

test('a file of before banks opens unchanged, takes a passkey, and moves under a new root', async () => {
  const file = memoryFile(new Uint8Array(bankBytes))
  const bytes = (base64: string) =>
    new Uint8Array(Buffer.from(base64.padEnd(Math.ceil(base64.length / 4) * 4, 'A'), 'base64'))
  file.write(512, bytes(ofBefore.head))
  file.write(5120, bytes(ofBefore.signing))
  file.write(6144, bytes(ofBefore.lease))
  file.write(8192, bytes(ofBefore.key))
  const vault = new Vault()
  vault.house.files.set(resident.device, file)
  const before = file.content().slice()
  const opensOwn = async (room: Room) =>
    expect(await room.openOwn({ item: 'x', revision: 1, sealed: bytes(ofBefore.own).buffer })).toBe(
      'ennen pankkeja'
    )
  const room = await vault.opened(typed)
  await opensOwn(room)
  // All but the tries is as it was.
  expect(bank(vault, 0)).toEqual(Buffer.concat([before.slice(512, 4608), before.slice(5120)]))
  expect(await addPasskey(vault, room, 1, typed)).toBe('done')
  expect(await addPasskey(vault, room, 2, passkey(1))).toBe('done')
  expect(await remove(vault, room, 2, [passkey(1), typed])).toBe('done')
  for (const by of [typed, passkey(1)]) await opensOwn(await vault.opened(by))
})
