import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { customershipIdSchema } from '#contract/id.ts'
import { newBackupKey } from './backup-key.ts'
import { KeyFile } from './key-file.ts'
import { openKeyStore, type KeyStore } from './key-store.ts'
import { openKeptBackupKey } from './keys-now.ts'
import { RootRotation } from './rotate-root.ts'

const client = customershipIdSchema.parse('11111111-1111-4111-8111-111111111111')
const former = Buffer.alloc(32, 7)
const clock = { now: () => 1_000_000 }
const backup = newBackupKey(former, 'backup/1')
const held = { name: 'backup/1', wrapped: backup.wrapped }

let folder = ''
const first = () => join(folder, 'keys')
const second = () => join(folder, 'copy')
const files = () =>
  [first(), second()].flatMap((where) =>
    ['key-store.db', 'epochs.db'].map((name) => join(where, name))
  )
const open = (rootKey: Buffer, where = first(), other: string | null = second()) =>
  openKeyStore({ folder: where, backupFolder: other, rootKey, clock })
const begin = (rootKey: Buffer) =>
  new RootRotation({ folder: first(), backupFolder: second(), rootKey, clock })

/** One of everything that lies under the root key, and a data key under an epoch. */
const whatOpens = (keys: KeyStore) => [
  keys.publicKey(),
  keys.sealingKey(),
  keys.searchMac('a').toString('hex'),
  keys.suppressionMac(client).toString('hex'),
  keys.orphanKey().export().toString('hex'),
  keys.dataKey(client)?.export().toString('hex')
]

let before: ReturnType<typeof whatOpens>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rotation-'))
  const keys = await open(former)
  keys.createDataKey(client)
  before = whatOpens(keys)
  keys.close()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

async function expectOpens(rootKey: Buffer, where = first(), other: string | null = second()) {
  const keys = await open(rootKey, where, other)
  expect(whatOpens(keys)).toEqual(before)
  keys.close()
  const kept = openKeptBackupKey(
    { folder: where, backupFolder: other, rootKey },
    held.name,
    held.wrapped
  )
  expect(kept?.export()).toEqual(backup.key.export())
}

function rotate(rotation: RootRotation): void {
  rotation.begin()
  rotation.keepBackups([held])
  rotation.wrapAnew()
  rotation.end()
}

test('after a rotation the new root key opens everything, in either copy, and the former nothing', async () => {
  const rotation = begin(former)
  const { next } = rotation
  rotate(rotation)
  rotation.close()
  await expectOpens(next)
  for (const where of [first(), second()]) await expectOpens(next, where, null)
  await expect(open(former)).rejects.toThrow('the root key does not open this key store')
  expect(() => begin(former)).toThrow('the root key does not open this key store')
  const reading = { folder: first(), backupFolder: null, rootKey: former }
  expect(openKeptBackupKey(reading, 'backup/other', Buffer.alloc(60))).toBeNull()
})

test('a backup of before two rotations still opens', async () => {
  let key: Buffer = former
  for (let count = 0; count < 2; count += 1) {
    const rotation = begin(key)
    key = rotation.next
    rotate(rotation)
    rotation.close()
  }
  await expectOpens(key)
})

const writes = ['put', 'remove', 'mirror'] as const

/** From the given write to a copy on, every one fails as if the power had gone. */
function cutFrom(write: number, use: () => void): 'cut' | 'whole' {
  let made = 0
  for (const name of writes) {
    const real: unknown = Reflect.get(KeyFile.prototype, name)
    vi.spyOn(KeyFile.prototype, name).mockImplementation(function (
      this: KeyFile,
      ...given: unknown[]
    ) {
      made += 1
      if (made >= write) throw new Error('cut')
      Reflect.apply(real as () => undefined, this, given)
    })
  }
  try {
    use()
    return 'whole'
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'cut') throw error
    return 'cut'
  } finally {
    vi.restoreAllMocks()
  }
}

test('a rotation that is cut before any of its writes is gone on with, and until its end either key opens', async () => {
  const start = files().map((path) => readFileSync(path))
  let cuts = 0
  for (let outcome = 'cut'; outcome === 'cut'; ) {
    files().forEach((path, index) => {
      writeFileSync(path, start[index] ?? '')
    })
    const rotation = begin(former)
    const { next } = rotation
    outcome = cutFrom(cuts + 1, () => rotate(rotation))
    rotation.close()
    if (outcome === 'whole') break
    cuts += 1

    // As it lies there, before anything is gone on with: with the former key, or else with the next one.
    for (const [index, where] of [first(), second()].entries()) {
      const alone = join(folder, `alone-${cuts}-${index}`)
      cpSync(where, alone, { recursive: true })
      await expectOpens(former, alone, null).catch(() => expectOpens(next, alone, null))
    }
    const usable = await open(former).then(
      (keys) => {
        keys.close()
        return former
      },
      () => next
    )
    await expectOpens(usable)
    const again = begin(usable)
    const { next: final } = again
    rotate(again)
    again.close()
    await expectOpens(final)
    await expect(open(former)).rejects.toThrow('does not open')
  }
  expect(cuts).toBeGreaterThanOrEqual(12)
})
