import type { Keyring, KeyringContents } from './keyring.ts'
import {
  isWritten,
  jsonBytes,
  baseOf,
  generationOf,
  overwrite,
  wrappingAt,
  wrappingPlaces,
  wrappingSlots,
  writeSlot
} from './keyring-slots.ts'
import type { Owner, Secret, Wrapping } from './keys.ts'
import type { Kdf } from './passphrase.ts'
import { changeRoot, type Proven } from './change-root.ts'
import { courtesyTries, delayAfter } from './tries.ts'
import { carrierIn, kekOf, rootIn, wrapUnder, type Wrapper } from './wrapping.ts'

/**
 * Adds, changes and removes ways to unlock. Each needs the secret of a way that stands (`by`), because
 * an open vault does not keep its root: whoever picks up an unlocked tablet adds nothing to it.
 */
export type WayChange = { readonly time: number } & (
  | {
      readonly do: 'add-passkey'
      readonly by: Secret
      readonly credential: string
      readonly name: string
      /** What the authenticator derived, twice: one that answers differently would open nothing. */
      readonly secret: Uint8Array<ArrayBuffer>
      readonly secretAgain: Uint8Array<ArrayBuffer>
    }
  | { readonly do: 'change-passphrase'; readonly by: Secret; readonly passphrase: string }
  /** `by`: the secret of each way that is to stay; one that is not proven goes too. */
  | { readonly do: 'remove'; readonly credential: string; readonly by: readonly Secret[] }
)

/**
 * `wrong`: a secret opens nothing here; `wait`: too many of them; `disagree`: the passkey answered
 * twice differently, or opens not what was written; `known`: it is a way already; `full`: no slot is
 * free; `too-long`: its name or id does not fit one; `last`: nothing would be left to open with.
 */
export type WayOutcome =
  'done' | 'wrong' | 'wait' | 'disagree' | 'known' | 'full' | 'too-long' | 'last'

export interface WaysWorld {
  readonly keyring: Keyring
  readonly owner: Owner
  kdf(): Promise<Kdf>
}

export async function changeWays(world: WaysWorld, o: WayChange): Promise<WayOutcome> {
  const contents = await world.keyring.contents()
  const secrets = o.do === 'remove' ? o.by : [o.by]
  const staying = contents.wrappings.filter(
    ({ credential }) => o.do !== 'remove' || credential !== o.credential
  )
  const proven = await prove(world, staying, secrets, o.time)
  if (typeof proven === 'string') return proven
  if (o.do === 'remove') return changeRoot(world, contents, proven)
  const [by] = proven
  if (!by) return 'last'
  if (o.do === 'add-passkey') return addPasskey(world, contents, by, o)
  return changePassphrase(world, contents, by, o)
}

/** Every secret must open one of them. Wrong passphrases are counted as at the lock. */
async function prove(
  { keyring, owner }: WaysWorld,
  wrappings: readonly Wrapping[],
  secrets: readonly Secret[],
  time: number
): Promise<Proven[] | 'wrong' | 'wait'> {
  const proven: Proven[] = []
  for (const secret of secrets) {
    const tries = await keyring.tries()
    const isTyped = 'passphrase' in secret
    if (isTyped && time < tries.lastAt + delayAfter(tries.count)) return 'wait'
    const found = await findOpened(wrappings, secret, owner)
    if (found) proven.push(found)
    else if (isTyped) {
      // The vault is open: only the lock itself counts further, and ends it.
      const count = Math.max(tries.count, Math.min(courtesyTries, tries.count + 1))
      await keyring.keepTries({ count, lastAt: time })
    }
    if (!found) return 'wrong'
  }
  return proven
}

async function findOpened(
  wrappings: readonly Wrapping[],
  secret: Secret,
  owner: Owner
): Promise<Proven | null> {
  for (const wrapping of wrappings) {
    const kek = await kekOf(wrapping, secret, owner)
    const carrier = await carrierIn(wrapping, kek)
    const root = await rootIn(wrapping, kek)
    if (carrier && root) return { wrapping, secret, carrier, root }
  }
  return null
}

async function addPasskey(
  world: WaysWorld,
  contents: KeyringContents,
  by: Proven,
  o: WayChange & { readonly do: 'add-passkey' }
): Promise<WayOutcome> {
  if (contents.wrappings.some(({ credential }) => credential === o.credential)) return 'known'
  if (!isSame(o.secret, o.secretAgain)) return 'disagree'
  const { credential, name, secret, time } = o
  return add(world, contents, by, { credential, name, secret, addedAt: time }, [])
}

async function changePassphrase(
  world: WaysWorld,
  contents: KeyringContents,
  by: Proven,
  { passphrase, time }: WayChange & { readonly do: 'change-passphrase' }
): Promise<WayOutcome> {
  const old = contents.wrappings.filter(({ method }) => method === 'passphrase')
  return add(world, contents, by, { passphrase, kdf: await world.kdf(), addedAt: time }, old)
}

/**
 * Written, tried, and only then is the one before overwritten. A crash in between leaves both working;
 * the next unlock with a passphrase keeps the one that was typed.
 */
async function add(
  { keyring, owner }: WaysWorld,
  { generation }: KeyringContents,
  by: Proven,
  wrapper: Wrapper,
  replaced: readonly Wrapping[]
): Promise<WayOutcome> {
  const made = await wrapUnder(wrapper, owner, by.carrier)
  if (jsonBytes(made).length + 2 > wrappingSlots.bytes) return 'too-long'
  if (!(await writeFree(keyring, made, generation))) return 'full'
  const written = (await keyring.contents()).wrappings.find(({ salt }) => salt === made.salt)
  const opens = written && (await rootIn(written, await kekOf(written, wrapper, owner)))
  await overwriteWrappings(keyring, opens ? replaced : [made])
  return opens ? 'done' : 'disagree'
}

function writeFree(keyring: Keyring, wrapping: Wrapping, generation: number): Promise<boolean> {
  return keyring.use((file) => {
    if (generationOf(file) !== generation) return false
    const at = wrappingPlaces(baseOf(generation)).find(
      (place) => !file.read(place, wrappingSlots.bytes).some(isWritten)
    )
    if (at === undefined) return false
    writeSlot(file, at, wrappingSlots.bytes, jsonBytes(wrapping))
    file.flush()
    return true
  })
}

function overwriteWrappings(keyring: Keyring, wrappings: readonly Wrapping[]): Promise<void> {
  const salts = wrappings.map(({ salt }) => salt)
  return keyring.use((file) => {
    const places = wrappingPlaces(baseOf(generationOf(file))).filter((at) =>
      salts.includes(wrappingAt(file, at)?.salt ?? '')
    )
    overwrite(
      file,
      places.map((at) => ({ at, bytes: wrappingSlots.bytes }))
    )
  })
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === 32 && one.join() === other.join()
