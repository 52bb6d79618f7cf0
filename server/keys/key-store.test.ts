import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sessionKeyInfo } from '#contract/envelope.ts'
import { customershipIdSchema, deviceIdSchema, type CustomershipId } from '#contract/id.ts'
import { KeyFile } from './key-file.ts'
import { openKeyStore, type KeyStore } from './key-store.ts'
import { loadRootKey } from './root-key.ts'

const client = customershipIdSchema.parse('11111111-1111-4111-8111-111111111111')
const other = customershipIdSchema.parse('22222222-2222-4222-8222-222222222222')
const device = deviceIdSchema.parse('01999999-9999-7999-8999-999999999999')
const rootKey = Buffer.alloc(32, 7)

let folder = ''
let now = 1_000_000
const clock = { now: () => now }
const first = () => join(folder, 'keys')
const second = () => join(folder, 'backup')
const open = (backupFolder: string | null = second(), key = rootKey): Promise<KeyStore> =>
  openKeyStore({ folder: first(), backupFolder, rootKey: key, clock })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function edit(where: string, sql: string): void {
  const db = new Database(join(where, 'key-store.db'))
  db.exec(sql)
  db.close()
}

/** Key objects have no properties of their own to compare. */
function bytesOf(key: KeyObject | string | null): Buffer {
  if (key === null || typeof key === 'string') throw new Error('no key')
  return key.export()
}

test('a data key is the same after a restart, and different for each customership', async () => {
  let keys = await open()
  keys.createDataKey(client)
  keys.createDataKey(other)
  const key = keys.dataKey(client)
  expect(key?.symmetricKeySize).toBe(32)
  expect(bytesOf(keys.dataKey(other))).not.toEqual(bytesOf(key))
  keys.createDataKey(client)
  keys.close()
  keys = await open()
  expect(bytesOf(keys.dataKey(client))).toEqual(bytesOf(key))
  keys.close()
})

test('§7 a destroyed key is in neither copy, not even as bytes', async () => {
  const keys = await open()
  keys.createDataKey(client)
  const wrapped = new Database(join(second(), 'key-store.db'))
  const row = wrapped.prepare('SELECT wrapped FROM keys WHERE name = ?').get(`data/${client}`)
  wrapped.close()
  const bytes = (row as { wrapped: Buffer }).wrapped
  expect(keys.dataKey(client)).not.toBeNull()
  keys.destroyDataKey(client)
  keys.destroyDataKey(client)
  expect(keys.dataKey(client)).toBeNull()
  expect(keys.holdsDataKey(client)).toBe(false)
  keys.close()
  for (const where of [first(), second()]) {
    const file = readFileSync(join(where, 'key-store.db'))
    expect(file.includes(bytes)).toBe(false)
    expect(file.includes(client)).toBe(false)
  }
})

const inSecond = ['already', 'not yet'] as const

test.each(inSecond)('a key that a crash left half made is dropped (second copy: %s)', async (stage) => {
  const keys = await open()
  keys.createDataKey(client)
  keys.close()
  edit(first(), `UPDATE keys SET state = 'making' WHERE name = 'data/${client}'`)
  if (stage === 'not yet') edit(second(), `DELETE FROM keys WHERE name = 'data/${client}'`)
  const again = await open()
  expect(again.holdsDataKey(client)).toBe(false)
  again.createDataKey(client)
  expect(again.dataKey(client)).not.toBeNull()
  again.close()
})

test.each(inSecond)('a destruction that a crash cut is finished (second copy: %s)', async (stage) => {
  const keys = await open()
  keys.createDataKey(client)
  keys.close()
  edit(first(), `UPDATE keys SET state = 'destroying' WHERE name = 'data/${client}'`)
  if (stage === 'already') edit(second(), `DELETE FROM keys WHERE name = 'data/${client}'`)
  const again = await open()
  expect(again.holdsDataKey(client)).toBe(false)
  again.close()
})

test('a key is used only when both copies hold it', async () => {
  const keys = await open()
  edit(
    second(),
    "CREATE TRIGGER full BEFORE INSERT ON keys BEGIN SELECT RAISE(ABORT, 'no room'); END"
  )
  expect(() => keys.createDataKey(client)).toThrow()
  expect(keys.dataKey(client)).toBeNull()
  edit(second(), 'DROP TRIGGER full')
  keys.createDataKey(client)
  expect(keys.dataKey(client)).not.toBeNull()
  keys.close()
})

const third = customershipIdSchema.parse('33333333-3333-4333-8333-333333333333')
const many = [client, other, third]

test('many keys are made at once, and one that was there stays', async () => {
  let keys = await open()
  keys.createDataKey(other)
  const former = bytesOf(keys.dataKey(other))
  keys.createDataKeys([...many, client])
  const made = many.map((id) => bytesOf(keys.dataKey(id)).toString('hex'))
  expect(new Set(made).size).toBe(3)
  expect(made[1]).toBe(former.toString('hex'))
  keys.createDataKeys([])
  keys.close()
  keys = await open()
  expect(many.map((id) => bytesOf(keys.dataKey(id)).toString('hex'))).toEqual(made)
  keys.close()
})

/** One more key than `many` takes exactly as many commits: `changes` rises once for a whole put. */
test('many keys cost the disks what one key costs', async () => {
  const keys = await open()
  const commits = () =>
    [first(), second()].map((where) => {
      const db = new Database(join(where, 'key-store.db'), { readonly: true })
      const { value } = db.prepare("SELECT value FROM facts WHERE name = 'changes'").get() as {
        value: string
      }
      db.close()
      return Number(value)
    })
  const before = commits()
  keys.createDataKeys(many)
  expect(commits()).toEqual(before.map((count) => count + 1))
  keys.close()
})

/** What each commit but the last leaves when the power goes right after it. */
const cuts = [
  ['written down here', (): void => edit(second(), "DELETE FROM keys WHERE name LIKE 'data/%'")],
  ['ready in the second copy', (): void => undefined]
] as const

test.each(cuts)('many keys that a crash left half made are dropped together (%s)', async (_, cut) => {
  let keys = await open()
  keys.createDataKeys(many)
  keys.close()
  edit(first(), "UPDATE keys SET state = 'making' WHERE name LIKE 'data/%'")
  cut()
  keys = await open()
  expect(many.map((id) => keys.holdsDataKey(id))).toEqual([false, false, false])
  keys.createDataKeys(many)
  for (const id of many) expect(keys.dataKey(id)).not.toBeNull()
  keys.close()
})

test.each(['first', 'second'] as const)('many keys are all made or none (%s copy)', async (copy) => {
  const keys = await open()
  const where = copy === 'first' ? first() : second()
  edit(
    where,
    `CREATE TRIGGER full BEFORE INSERT ON keys WHEN NEW.name = 'data/${third}'
     BEGIN SELECT RAISE(ABORT, 'no room'); END`
  )
  expect(() => {
    keys.createDataKeys(many)
  }).toThrow()
  for (const id of many) expect(keys.dataKey(id)).toBeNull()
  edit(where, 'DROP TRIGGER full')
  keys.createDataKeys(many)
  for (const id of many) expect(keys.dataKey(id)).not.toBeNull()
  keys.close()
})

test('a lost copy is made again from the other, whichever it is', async () => {
  let keys = await open()
  keys.createDataKey(client)
  const key = keys.dataKey(client)
  keys.close()
  for (const where of [first(), second()]) {
    rmSync(where, { recursive: true })
    keys = await open()
    expect(bytesOf(keys.dataKey(client))).toEqual(bytesOf(key))
    keys.close()
  }
})

test('an old first copy that was put back does not bring a destroyed key back', async () => {
  let keys = await open()
  keys.createDataKey(client)
  keys.createDataKey(other)
  keys.close()
  const old = readFileSync(join(first(), 'key-store.db'))
  keys = await open()
  keys.destroyDataKey(client)
  keys.close()
  writeFileSync(join(first(), 'key-store.db'), old)
  keys = await open()
  expect(keys.holdsDataKey(client)).toBe(false)
  expect(keys.dataKey(other)).not.toBeNull()
  keys.close()
})

test('a second folder of another key store, or another root key, stops the start', async () => {
  const keys = await open()
  keys.close()
  const stranger = await openKeyStore({
    folder: join(folder, 'stranger'),
    backupFolder: null,
    rootKey,
    clock
  })
  expect(stranger.hasSecondCopy).toBe(false)
  stranger.close()
  await expect(open(join(folder, 'stranger'))).rejects.toThrow('another key store')
  await expect(open(second(), Buffer.alloc(32, 8))).rejects.toThrow('root key')
})

test('a data key is forgotten after five seconds', async () => {
  const keys = await open()
  keys.createDataKey(client)
  const key = keys.dataKey(client)
  expect(keys.dataKey(client)).toBe(key)
  now += 5001
  expect(keys.dataKey(client)).not.toBe(key)
  expect(bytesOf(keys.dataKey(client))).toEqual(bytesOf(key))
  keys.close()
})

test('both copies lie in files of their owner, with deletion that overwrites', async () => {
  const keys = await open()
  keys.close()
  for (const where of [first(), second()])
    expect(statSync(join(where, 'key-store.db')).mode & 0o777).toBe(0o600)
})

test('the session key that a tablet sealed opens for that tablet only', async () => {
  const keys = await open()
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm()
  })
  const { id, publicKey } = keys.sealingKey()
  const point = Uint8Array.from(Buffer.from(publicKey, 'base64url'))
  const sessionKey = createHash('sha256').update('a session').digest()
  const sealed = await suite.seal(
    {
      recipientPublicKey: await suite.kem.deserializePublicKey(point),
      info: new TextEncoder().encode(sessionKeyInfo)
    },
    Uint8Array.from(sessionKey),
    new TextEncoder().encode(device)
  )
  const envelope = {
    key: id,
    enc: Buffer.from(sealed.enc).toString('base64url'),
    sealedKey: Buffer.from(sealed.ct).toString('base64url')
  }
  expect(bytesOf(await keys.openSessionKey(envelope, device))).toEqual(sessionKey)
  expect(bytesOf(await keys.openSessionKey(envelope, device))).toEqual(sessionKey)
  const stranger = deviceIdSchema.parse('01999999-9999-7999-8999-999999999990')
  expect(await keys.openSessionKey(envelope, stranger)).toBeNull()
  expect(await keys.openSessionKey({ ...envelope, enc: 'AAAA' }, device)).toBeNull()
  expect(await keys.openSessionKey({ ...envelope, key: 'other' }, device)).toBe('unknown-key')
  keys.close()
})

test('what the server signs verifies with the raw public key, after a restart too', async () => {
  let keys = await open()
  const sig = keys.sign('a lease')
  const x = keys.publicKey()
  keys.close()
  keys = await open()
  expect(keys.publicKey()).toBe(x)
  keys.close()
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
  expect(verify(null, Buffer.from('a lease'), key, Buffer.from(sig, 'base64url'))).toBe(true)
})

test('the root key comes from the setting or from a file that only its owner reads', () => {
  const made = loadRootKey({ file: join(first(), 'root.key') }, first())
  expect(statSync(join(first(), 'root.key')).mode & 0o777).toBe(0o600)
  expect(loadRootKey({ file: join(first(), 'root.key') }, first())).toEqual(made)
  expect(loadRootKey({ hex: made.toString('hex') }, first())).toEqual(made)
  expect(loadRootKey({ hex: made.toString('base64') }, first())).toEqual(made)
  expect(() => loadRootKey({ hex: 'abcd' }, first())).toThrow('32 bytes')
  expect(() => loadRootKey({ file: join(folder, 'absent') }, first())).toThrow('cannot be read')
})

const opens = (keys: KeyStore, ids: readonly CustomershipId[]) =>
  ids.map((id) => keys.dataKey(id) && bytesOf(keys.dataKey(id)).toString('hex'))

test('§7 after a turn the same keys open, and an old copy of the store opens nothing', async () => {
  let keys = await open(null)
  keys.createDataKeys([client, other])
  const before = opens(keys, [client, other])
  const old = readFileSync(join(first(), 'key-store.db'))
  keys.destroyDataKey(other)
  await keys.turnEpoch()
  now += 6000
  expect(opens(keys, [client, other])).toEqual([before[0], null])
  keys.close()
  keys = await open(null)
  expect(opens(keys, [client])).toEqual([before[0]])
  keys.close()
  writeFileSync(join(first(), 'key-store.db'), old)
  keys = await open(null)
  for (const id of [client, other]) expect(() => keys.dataKey(id)).toThrow('an epoch that is gone')
  keys.close()
})

test('many keys turn, also those that are made and destroyed meanwhile', async () => {
  const keys = await open()
  const ids = Array.from({ length: 450 }, (_, index) =>
    customershipIdSchema.parse(`11111111-1111-4111-8111-${String(index).padStart(12, '0')}`)
  )
  keys.createDataKeys(ids)
  const before = opens(keys, ids)
  const turning = keys.turnEpoch()
  keys.createDataKey(other)
  keys.destroyDataKey(ids[449] ?? other)
  await turning
  now += 6000
  expect(opens(keys, ids)).toEqual([...before.slice(0, 449), null])
  expect(keys.dataKey(other)).not.toBeNull()
  keys.close()
})

const copies = () =>
  [first(), second()].flatMap((where) => ['key-store.db', 'epochs.db'].map((file) => join(where, file)))

const writes = ['put', 'remove', 'mirror'] as const

/** From the given write to a copy on, every one fails as if the power had gone. */
async function cutFrom(write: number, use: () => Promise<void>): Promise<'cut' | 'whole'> {
  let made = 0
  const whole = writes.map((name) =>
    vi.spyOn(KeyFile.prototype, name).mockImplementation(function (this: KeyFile, ...given: unknown[]) {
      made += 1
      if (made >= write) throw new Error('cut')
      return Reflect.apply(originals[name], this, given) as undefined
    })
  )
  try {
    return await use().then(
      () => 'whole',
      () => 'cut'
    )
  } finally {
    for (const one of whole) one.mockRestore()
  }
}
const originals = {
  put: Reflect.get(KeyFile.prototype, 'put'),
  remove: Reflect.get(KeyFile.prototype, 'remove'),
  mirror: Reflect.get(KeyFile.prototype, 'mirror')
}

test('a turn that is cut before any of its writes loses no key, and is finished at the next start', async () => {
  let keys = await open()
  keys.createDataKeys([client, other])
  const before = opens(keys, [client, other])
  keys.close()
  const start = copies().map((path) => readFileSync(path))
  let cuts = 0
  for (let outcome = 'cut'; outcome === 'cut';) {
    copies().forEach((path, index) => {
      writeFileSync(path, start[index] ?? '')
    })
    keys = await open()
    outcome = await cutFrom(cuts + 1, () => keys.turnEpoch())
    keys.close()
    // Either copy alone has every key, before anything is finished.
    const alone = join(folder, `alone-${cuts}`)
    cpSync(second(), alone, { recursive: true })
    keys = await openKeyStore({ folder: alone, backupFolder: null, rootKey, clock })
    expect(opens(keys, [client, other])).toEqual(before)
    keys.close()
    keys = await open()
    expect(opens(keys, [client, other])).toEqual(before)
    keys.close()
    if (outcome === 'cut') cuts += 1
  }
  expect(cuts).toBeGreaterThanOrEqual(8)
})

test('a store whose epoch lay beside its keys is opened, and the epoch moves out', async () => {
  let keys = await open()
  keys.createDataKey(client)
  const before = opens(keys, [client])
  keys.close()
  for (const where of [first(), second()]) {
    edit(
      where,
      `ATTACH '${join(where, 'epochs.db')}' AS epochs; INSERT INTO keys SELECT * FROM epochs.keys`
    )
    rmSync(join(where, 'epochs.db'))
  }
  keys = await open()
  expect(opens(keys, [client])).toEqual(before)
  await keys.turnEpoch()
  keys.close()
  keys = await open()
  expect(opens(keys, [client])).toEqual(before)
  keys.close()
})
