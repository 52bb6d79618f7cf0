import type { Lease } from '#contract/device.ts'
import type { CustomershipId, DeviceId, EntryId, OperationId, UserId } from '#contract/id.ts'
import type { FrameOf, PullRequest, WireEntry } from '#contract/pull.ts'
import { toBase64url } from '#lib/device/base64url.ts'
import type { SealedRow } from '#lib/device/database.ts'
import { faceOf } from './face.ts'
import { Keyring, type KeyringContents, type KeyringPlace } from './keyring.ts'
import {
  keysUnder,
  makeCustomershipKey,
  openCustomershipKey,
  type Secret,
  type VaultKeys,
  type Wrapping
} from './keys.ts'
import {
  changed,
  emptyManifest,
  isManifest,
  type Manifest,
  type ManifestChange
} from './manifest.ts'
import { merged } from './merge.ts'
import type { Near } from './near.ts'
import type { Kdf } from './passphrase.ts'
import { open, openBytes, seal, sealBytes, type Place } from './seal.ts'
import { isLeaseGenuine, makeSigningKey, openSigningKey, sign, wrapSigningKey } from './signing.ts'
import { takeIn, type PullEnd, type Whole } from './take-in.ts'
import { delayAfter } from './tries.ts'
import { kekOf, makeRoot, rootIn, wrapUnder } from './wrapping.ts'

/**
 * The vault's own room: it alone holds keys, and only while it is open. It runs in a worker, and
 * locking ends that worker with everything in it.
 */
export type Storage = 'opfs' | 'indexeddb'

export interface Resident {
  readonly user: UserId
  readonly device: DeviceId
  readonly storage: Storage
}

export type Unlocking =
  | { readonly result: 'open' }
  | { readonly result: 'wrong'; readonly left: number }
  | { readonly result: 'wait'; readonly until: number }
  | { readonly result: 'overwritten' }
  /** Genuine perhaps, but nothing here is wrapped for it. */
  | { readonly result: 'other-passkey' }

/** One way to unlock, as it may be shown; the passphrase has no name. */
export interface Way {
  readonly method: Wrapping['method']
  readonly credential: string
  readonly name: string
  readonly addedAt: number | null
}

export interface SealedCustomership {
  readonly whole: SealedRow
  readonly face: SealedRow
}

/** Which page of which document. */
export interface PageName {
  readonly customership: CustomershipId
  readonly document: EntryId
  readonly page: number
}

export type IntakeEvent =
  | { readonly sealed: readonly SealedCustomership[] }
  | { readonly newer: FrameOf<'customership'> }
  | { readonly frame: unknown }

export interface RoomWorld {
  place(device: string, storage: Storage): KeyringPlace
  storage(): Promise<Storage>
  /** How much this device can bear. */
  kdf(): Promise<Kdf>
}

interface Opened {
  readonly resident: Resident
  readonly keys: VaultKeys
  readonly signing: CryptoKey
  readonly leaseKey: string
  /** Under which root the keys stand. */
  readonly generation: number
}

export class Room {
  readonly #world: RoomWorld
  #made: CryptoKeyPair | null = null
  #opened: Opened | null = null
  readonly #keyrings = new Map<string, Keyring>()
  #wrapped = new Map<string, Uint8Array<ArrayBuffer>>()
  readonly #unwrapped = new Map<string, { from: string; key: CryptoKey }>()

  constructor(world: RoomWorld) {
    this.#world = world
  }

  /** The device's signing key, made here and never leaving it unwrapped. */
  async prepare(): Promise<{ signingKey: string; storage: Storage }> {
    const { pair, publicKey } = await makeSigningKey()
    this.#made = pair
    return { signingKey: publicKey, storage: await this.#world.storage() }
  }

  async create(o: { resident: Resident; passphrase: string; leaseKey: string }): Promise<void> {
    const pair = this.#made
    if (!pair) throw new Error('a signing key comes first')
    const kdf = await this.#world.kdf()
    const root = await makeRoot()
    const keys = await keysUnder(root.key, o.resident)
    const leaseKey = await seal(keys.values, o.resident, leaseKeyPlace, jsonBytes(o.leaseKey))
    const keyring = this.#keyring(o.resident)
    await keyring.create(
      await wrapUnder({ passphrase: o.passphrase, kdf }, o.resident, root.carrier),
      await wrapSigningKey(pair.privateKey, keys, o.resident),
      new Uint8Array(leaseKey)
    )
    this.#made = null
    await this.#enter(o.resident, keys, await keyring.contents())
  }

  /** `time` never runs backwards, so that a clock set back does not shorten a delay. */
  async unlock(o: {
    resident: Resident
    by: Secret
    limit: number
    time: number
  }): Promise<Unlocking> {
    const { resident, by } = o
    const keyring = this.#keyring(resident)
    const contents = await keyring.contents()
    if (contents.wrappings.length === 0) return { result: 'overwritten' }
    const tries = await keyring.tries()
    const isTyped = 'passphrase' in by
    const until = tries.lastAt + delayAfter(tries.count)
    if (isTyped && o.time < until) return { result: 'wait', until }
    // Counted before the attempt: switching off in the middle wins nothing.
    const count = tries.count + 1
    if (isTyped) await keyring.keepTries({ count, lastAt: o.time })
    for (const wrapping of contents.wrappings) {
      const keys = await openWrapping(wrapping, by, resident, contents.ownValues)
      if (!keys) continue
      await keyring.keepTries({ count: 0, lastAt: 0 })
      if (!(await this.#enter(resident, keys, contents))) return { result: 'overwritten' }
      await keyring.settle(wrapping)
      return { result: 'open' }
    }
    if (!isTyped) return { result: 'other-passkey' }
    if (count < o.limit) return { result: 'wrong', left: o.limit - count }
    await keyring.destroyWrappings()
    return { result: 'overwritten' }
  }

  /** Which ways there are; needs no unlocking. */
  async ways(o: { resident: Resident }): Promise<Way[]> {
    const { wrappings } = await this.#keyring(o.resident).contents()
    return wrappings.map((wrapping) => ({
      method: wrapping.method,
      credential: wrapping.credential,
      name: wrapping.method === 'passkey' ? wrapping.name : '',
      addedAt: wrapping.addedAt ?? null
    }))
  }

  async sign(o: { words: string }): Promise<string> {
    return sign(this.#inside().signing, o.words)
  }

  async isLeaseGenuine(o: { lease: Lease }): Promise<boolean> {
    const { leaseKey, resident } = this.#inside()
    return isLeaseGenuine(o.lease, leaseKey, resident)
  }

  /** The signature of an operation, and its readable copy sealed: one way to the worker and back. */
  async sealOperation(o: {
    id: OperationId
    customership: CustomershipId
    words: string
    copy: unknown
    line: unknown
  }): Promise<{ sig: string; copy: ArrayBuffer; line: ArrayBuffer }> {
    const { resident, keys, signing } = this.#inside()
    const key = await this.#keyOf(o.customership)
    if (!key) throw new Error('this customership is not held')
    const [sig, copy, line] = await Promise.all([
      sign(signing, o.words),
      seal(key, resident, copyPlace(o), jsonBytes(o.copy)),
      seal(keys.values, resident, linePlace(o.id), jsonBytes(o.line))
    ])
    return { sig, copy, line }
  }

  /** A value of the vault itself, under its own key. */
  async sealOwn(o: { item: string; revision: number; value: unknown }): Promise<ArrayBuffer> {
    const { resident, keys } = this.#inside()
    return seal(keys.values, resident, ownPlace(o.item, o.revision), jsonBytes(o.value))
  }

  async openOwn(o: { item: string; revision: number; sealed: ArrayBuffer }): Promise<unknown> {
    const { resident, keys } = this.#inside()
    return open(keys.values, resident, ownPlace(o.item, o.revision), o.sealed)
  }

  /** The lines of the outbox: what each operation is, without a word about the client. */
  async openLines(o: {
    lines: readonly { id: OperationId; sealed: ArrayBuffer }[]
  }): Promise<unknown[]> {
    const { resident, keys } = this.#inside()
    return Promise.all(
      o.lines.map(({ id, sealed }) => open(keys.values, resident, linePlace(id), sealed))
    )
  }

  async openCopies(o: {
    copies: readonly { id: OperationId; customership: CustomershipId; sealed: ArrayBuffer }[]
  }): Promise<unknown[]> {
    return this.#openAll(o.copies.map((copy) => ({ place: copyPlace(copy), sealed: copy.sealed })))
  }

  async sealPage(o: PageName & { bytes: Uint8Array }): Promise<ArrayBuffer> {
    const key = await this.#keyOf(o.customership)
    if (!key) throw new Error('this customership is not held')
    return sealBytes(key, this.#inside().resident, pagePlace(o), o.bytes)
  }

  async openPage(o: PageName & { sealed: ArrayBuffer }): Promise<Uint8Array<ArrayBuffer> | null> {
    const key = await this.#keyOf(o.customership)
    return key && openBytes(key, this.#inside().resident, pagePlace(o), o.sealed)
  }

  /** Null for what does not open, or is not what the manifest says should be held. */
  async openHeld(o: {
    table: 'customerships' | 'faces'
    rows: readonly SealedRow[]
    manifest: ArrayBuffer | null
  }): Promise<unknown[]> {
    const manifest = await this.#openManifest(o.manifest)
    const values = await this.#openAll(
      o.rows.map((row) => ({ place: rowPlace(o.table, row), sealed: row.sealed }))
    )
    return values.map((value, index) => {
      const row = o.rows[index]
      return row && manifest?.held[row.id] === row.revision ? value : null
    })
  }

  /**
   * What should be held from now on. A manifest that does not open begins anew, with nothing held:
   * its low epoch tells the server, which sends everything again.
   */
  async changeManifest(
    o: { manifest: ArrayBuffer | null } & ManifestChange
  ): Promise<{ sealed: ArrayBuffer; epoch: number }> {
    const { resident, keys } = this.#inside()
    const next = changed((await this.#openManifest(o.manifest)) ?? emptyManifest, o)
    const sealed = await seal(keys.values, resident, manifestPlace, jsonBytes(next))
    return { sealed, epoch: next.epoch }
  }

  async readManifest(o: { manifest: ArrayBuffer | null }): Promise<Manifest> {
    return (await this.#openManifest(o.manifest)) ?? emptyManifest
  }

  /** Fetches and seals: what is readable in the server's answer goes no further than this room. */
  async takeIn(
    o: { body: PullRequest; near: Near; patienceMilliseconds: number },
    emit: (event: IntakeEvent, transfer: ArrayBuffer[]) => void
  ): Promise<PullEnd> {
    return takeIn(
      o.body,
      {
        wholes: async (batch) => {
          const sealed = await this.#sealWholes(batch, o.near)
          emit(
            { sealed },
            sealed.flatMap(({ whole, face }) => [whole.sealed, face.sealed])
          )
        },
        newer: async (frame) => emit({ newer: frame }, []),
        frame: async (frame) => emit({ frame }, [])
      },
      AbortSignal.timeout(o.patienceMilliseconds)
    )
  }

  /** Each with what is newer laid over it, but for those that do not open: they must be fetched whole. */
  async merge(o: {
    frames: readonly FrameOf<'customership'>[]
    rows: readonly SealedRow[]
    manifest: ArrayBuffer | null
    near: Near
  }): Promise<SealedCustomership[]> {
    const { rows, manifest } = o
    const values = await this.openHeld({ table: 'customerships', rows, manifest })
    const heldById = new Map(rows.map(({ id }, index) => [id, values[index]]))
    const wholes = o.frames.flatMap((frame) => {
      const held = heldById.get(frame.id)
      if (!frame.reset && !isHeldValue(held)) return []
      const entries = merged(isHeldValue(held) ? held.entries : [], frame)
      return [{ frame: { ...frame, entries: [...entries] }, json: jsonBytes({ entries }) }]
    })
    return this.#sealWholes(wholes, o.near)
  }

  /** Needs no unlocking. */
  async destroySlots(o: { resident: Resident; ids: readonly CustomershipId[] }): Promise<void> {
    await this.#keyring(o.resident).destroyCustomershipKeys(o.ids)
    for (const id of o.ids) {
      this.#wrapped.delete(id)
      this.#unwrapped.delete(id)
    }
  }

  /** Needs no unlocking. */
  async destroyKeyring(o: { resident: Resident }): Promise<void> {
    await this.#keyring(o.resident).destroy()
    // On a shared tablet somebody else's vault may be open in this room.
    if (this.#opened?.resident.device === o.resident.device) this.#opened = null
  }

  #keyring({ device, storage }: Resident): Keyring {
    const known = this.#keyrings.get(device) ?? new Keyring(this.#world.place(device, storage))
    this.#keyrings.set(device, known)
    return known
  }

  #inside(): Opened {
    if (!this.#opened) throw new Error('the vault is locked')
    return this.#opened
  }

  async #enter(
    resident: Resident,
    keys: VaultKeys,
    { generation, ...contents }: KeyringContents
  ): Promise<boolean> {
    const signing =
      contents.signingKey && (await openSigningKey(contents.signingKey, keys, resident))
    const leaseKey =
      contents.leaseKey &&
      (await open(keys.values, resident, leaseKeyPlace, contents.leaseKey.buffer))
    if (!signing || typeof leaseKey !== 'string') return false
    this.#opened = { resident, keys, signing, leaseKey, generation }
    this.#wrapped = new Map(contents.keys)
    return true
  }

  async #openManifest(sealed: ArrayBuffer | null): Promise<Manifest | null> {
    if (!sealed) return null
    const { resident, keys } = this.#inside()
    const manifest = await open(keys.values, resident, manifestPlace, sealed)
    return isManifest(manifest) ? manifest : null
  }

  async #sealWholes(batch: readonly Whole[], near: Near): Promise<SealedCustomership[]> {
    const { resident } = this.#inside()
    await this.#ensureKeys(batch.map(({ frame }) => frame.id))
    return Promise.all(
      batch.map(async ({ frame, json }) => {
        const key = await this.#keyOf(frame.id)
        if (!key) throw new Error('the key was destroyed meanwhile')
        const { id, revision, view, purgeAfter } = frame
        const head = { id, revision, view, purgeAfter }
        const { restrictedOn } = frame
        const small = faceOf(frame.entries, resident.user, near)
        const face = jsonBytes(restrictedOn === undefined ? small : { ...small, restrictedOn })
        const [whole, sealedFace] = await Promise.all([
          seal(key, resident, rowPlace('customerships', head), json),
          seal(key, resident, rowPlace('faces', head), face)
        ])
        return { whole: { ...head, sealed: whole }, face: { ...head, sealed: sealedFace } }
      })
    )
  }

  async #ensureKeys(ids: readonly CustomershipId[]): Promise<void> {
    const { keys, resident, generation } = this.#inside()
    // What was known may have been destroyed by another tab: what is sealed with it would open in this one alone.
    if (ids.some((id) => this.#wrapped.has(id)))
      this.#wrapped = await this.#keyring(resident).customershipKeys()
    const missing = ids.filter((id) => !this.#wrapped.has(id))
    if (missing.length === 0) return
    const made = await Promise.all(
      missing.map(async (id) => [id, await makeCustomershipKey(keys)] as const)
    )
    // On the disk before anything is sealed with it, and as the disk has it.
    this.#wrapped = await this.#keyring(resident).addCustomershipKeys(new Map(made), generation)
  }

  async #keyOf(id: string): Promise<CryptoKey | null> {
    const wrapped = this.#wrapped.get(id)
    if (!wrapped) return null
    const from = toBase64url(wrapped)
    const known = this.#unwrapped.get(id)
    if (known?.from === from) return known.key
    const key = await openCustomershipKey(wrapped, this.#inside().keys)
    if (key) this.#unwrapped.set(id, { from, key })
    return key
  }

  async #openAll(items: readonly { place: Place; sealed: ArrayBuffer }[]): Promise<unknown[]> {
    const { resident } = this.#inside()
    const openOne = async ({ place, sealed }: { place: Place; sealed: ArrayBuffer }) => {
      const key = await this.#keyOf(place.customership)
      return key ? open(key, resident, place, sealed) : null
    }
    const values = await Promise.all(items.map(openOne))
    if (!values.includes(null)) return values
    // Another tab may have fetched with keys that this one has not read yet.
    this.#wrapped = await this.#keyring(resident).customershipKeys()
    return Promise.all(
      values.map((value, index) => {
        const item = items[index]
        return value === null && item ? openOne(item) : value
      })
    )
  }
}

const leaseKeyPlace: Place = { table: 'meta', customership: '', item: 'lease-key' }
const manifestPlace: Place = { table: 'meta', customership: '', item: 'manifest' }

const ownPlace = (item: string, revision: number): Place => ({
  table: 'meta',
  customership: '',
  item: `own/${item}`,
  revision
})
const copyPlace = (copy: { id: string; customership: string }): Place => ({
  table: 'copies',
  customership: copy.customership,
  item: copy.id
})
const pagePlace = ({ customership, document, page }: PageName): Place => ({
  table: 'pages',
  customership,
  item: `${document}/${page}`
})
const linePlace = (id: string): Place => ({ table: 'lines', customership: '', item: id })
const rowPlace = (table: 'customerships' | 'faces', row: Omit<SealedRow, 'sealed'>): Place => ({
  table,
  customership: row.id,
  revision: row.revision,
  view: row.view,
  purgeAfter: row.purgeAfter
})

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

export function isHeldValue(value: unknown): value is { readonly entries: readonly WireEntry[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'entries' in value &&
    Array.isArray(value.entries)
  )
}

async function openWrapping(
  wrapping: Wrapping,
  by: Secret,
  resident: Resident,
  ownValues: Uint8Array<ArrayBuffer> | null
): Promise<VaultKeys | null> {
  const root = await rootIn(wrapping, await kekOf(wrapping, by, resident))
  return root && keysUnder(root, resident, ownValues)
}
