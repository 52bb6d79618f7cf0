import type { WayOutcome, WaysWorld } from './change-ways.ts'
import type { KeyringContents } from './keyring.ts'
import {
  bankBytes,
  bankRanges,
  baseOf,
  generationOf,
  headAt,
  jsonBytes,
  keySlot,
  keySlots,
  leaseKeySlot,
  overwrite,
  ownValuesSlot,
  readBank,
  signingSlot,
  wrappingPlaces,
  wrappingSlots,
  writeSlot,
  type BankContents,
  type KeyringFile
} from './keyring-slots.ts'
import {
  derivedFrom,
  keysUnder,
  openSealingKey,
  type Owner,
  type Secret,
  type VaultKeys,
  type Wrapping
} from './keys.ts'
import { openSigningKey, wrapSigningKey } from './signing.ts'
import { makeRoot, wrapped, wrapUnder, type Wrapper } from './wrapping.ts'

/** A way whose secret somebody has just shown. */
export interface Proven {
  readonly wrapping: Wrapping
  readonly secret: Secret
  /** The root: to wrap it again, and to open what hangs on it. Neither becomes bytes. */
  readonly carrier: CryptoKey
  readonly root: CryptoKey
}

/**
 * A new root for those who have proven themselves, and nobody else: the removed way opens nothing of
 * this disk any more. It does not protect against an older copy of the disk together with the removed
 * credential: there the old root still opens, and with it the keys that stay the same under the new
 * one (of the customerships, of the vault's own values, of the device's signature).
 */
export async function changeRoot(
  world: WaysWorld,
  begun: KeyringContents,
  proven: readonly Proven[]
): Promise<WayOutcome> {
  const [first] = proven
  if (!first) return 'last'
  const root = await makeRoot()
  const wrappings: Wrapping[] = []
  for (const { wrapping, secret } of proven)
    wrappings.push(await wrapUnder(wrapperOf(wrapping, secret), world.owner, root.carrier))
  // Another tab may add a key, or purge one, meanwhile: then once more from what it left.
  for (let contents = begun; ; contents = await world.keyring.contents()) {
    if (contents.generation !== begun.generation) return 'wrong'
    const bank = await bankUnder(root.key, first.root, contents, world.owner)
    const next = { ...bank, wrappings }
    if (await world.keyring.use((file) => replaceBank(file, contents, next))) return 'done'
  }
}

function wrapperOf(wrapping: Wrapping, secret: Secret): Wrapper {
  if ('passphrase' in secret && wrapping.method === 'passphrase') return { ...wrapping, ...secret }
  if ('secret' in secret && wrapping.method === 'passkey') return { ...wrapping, ...secret }
  throw new Error('the secret of another way')
}

/** Everything that hung on the old root, on the new one. What does not open under the old is left out. */
async function bankUnder(
  root: CryptoKey,
  old: CryptoKey,
  contents: KeyringContents,
  owner: Owner
): Promise<Omit<BankContents, 'wrappings'>> {
  const oldKeys = await keysUnder(old, owner, contents.ownValues)
  const keys = await keysUnder(root, owner)
  const values = contents.ownValues
    ? await openSealingKey(contents.ownValues, await valuesWrapping(old, owner), true)
    : await derivedFrom(old, owner, 'values', 'AES-GCM', true)
  const signing =
    contents.signingKey && (await openSigningKey(contents.signingKey, oldKeys, owner, true))
  if (!signing) throw new Error('the signing key does not open')
  return {
    signingKey: await wrapSigningKey(signing, keys, owner),
    leaseKey: contents.leaseKey,
    ownValues: await wrapped(values, await valuesWrapping(root, owner)),
    keys: await rewrapped(contents.keys, oldKeys, keys)
  }
}

const valuesWrapping = (root: CryptoKey, owner: Owner): Promise<CryptoKey> =>
  derivedFrom(root, owner, 'values-key', 'AES-KW')

async function rewrapped(
  held: KeyringContents['keys'],
  from: VaultKeys,
  to: VaultKeys
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const moved = await Promise.all(
    [...held].map(async ([id, bytes]) => {
      const key = await openSealingKey(bytes, from.wrapping, true).catch(() => null)
      return key && ([id, await wrapped(key, to.wrapping)] as const)
    })
  )
  return new Map(moved.filter((one) => one !== null))
}

/**
 * The whole other bank, then the head that puts it in force, then the old bank overwritten; each on the
 * disk before the next. False when the file is not as it was read.
 */
function replaceBank(file: KeyringFile, from: KeyringContents, next: BankContents): boolean {
  const { generation } = from
  if (generationOf(file) !== generation || !isAsRead(file, from)) return false
  const base = baseOf(generation + 1)
  const image = imageOf(next)
  const ranges = bankRanges(base)
  for (const { at, bytes } of ranges) file.write(at, image.slice(at - base, at - base + bytes))
  file.flush()
  for (const { at, bytes } of ranges)
    if (file.read(at, bytes).some((byte, index) => byte !== image[at - base + index]))
      throw new Error('the disk did not keep what was written')
  file.write(headAt(generation + 1), headOf(generation + 1))
  file.flush()
  overwrite(file, bankRanges(baseOf(generation)))
  return true
}

/** The number and its inverse: half of one beside half of another is no head. */
function headOf(generation: number): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(8))
  head.setUint32(0, generation)
  head.setUint32(4, ~generation)
  return new Uint8Array(head.buffer)
}

const isAsRead = (file: KeyringFile, { generation, ...read }: KeyringContents): boolean =>
  fingerprint(readBank(file, baseOf(generation))) === fingerprint(read)

const fingerprint = ({ wrappings, keys }: BankContents): string =>
  JSON.stringify([wrappings, [...keys].map(([id, key]) => [id, key.join()])])

function imageOf(bank: BankContents): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(bankBytes)
  const page = { write: (at: number, bytes: Uint8Array) => image.set(bytes, at) }
  const places = wrappingPlaces(0)
  bank.wrappings.forEach((wrapping, index) => {
    writeSlot(page, places[index] ?? bankBytes, wrappingSlots.bytes, jsonBytes(wrapping))
  })
  const slots = [
    [signingSlot, bank.signingKey],
    [leaseKeySlot, bank.leaseKey],
    [ownValuesSlot, bank.ownValues]
  ] as const
  for (const [{ at, bytes }, content] of slots) if (content) writeSlot(page, at, bytes, content)
  let at = keySlots.at
  for (const [id, key] of bank.keys) {
    page.write(at, keySlot(id, key))
    at += keySlots.bytes
  }
  return image
}
