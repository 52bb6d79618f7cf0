import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject
} from 'node:crypto'
import type { SealingKey } from '#contract/device.ts'
import type { Envelope } from '#contract/envelope.ts'
import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { Clock } from '#server/clock.ts'
import { epochPrefix, Epochs, type Epoch } from './epochs.ts'
import { importSealingKey, makeSealingPair, openSealedKey, type SealingPair } from './hpke.ts'
import { KeysLock } from './keys-lock.ts'
import { foldersOf, openEpochCopies, openKeyCopies, type KeyCopies, type KeyPlace } from './key-copies.ts'
import { KeyStoreError } from './key-store-error.ts'
import type { KeyRow } from './key-rows.ts'
import { Recent } from './recent.ts'
import { openRoot, type Root } from './root.ts'
import { unwrapKey, wrapKey } from './wrapping.ts'

/** Holds every key of the server, each wrapped, apart from the data that they open. */
export interface KeyStore {
  /** False when there is no second copy: the start warns. */
  readonly hasSecondCopy: boolean
  /** Where the copies lie. */
  readonly folders: readonly string[]
  /** A rotation of the root key was begun and is not done: the start warns. */
  readonly isRotating: boolean
  /** Returns when both copies hold the key durably. A customership that has one keeps it. */
  createDataKey(id: CustomershipId): void
  /** As many as are given, all or none, in the time that one takes the disks. Those that have a key keep it. */
  createDataKeys(ids: readonly CustomershipId[]): void
  /** Cached for 5 seconds at most. Null: never made, or destroyed. */
  dataKey(id: CustomershipId): KeyObject | null
  /** Both copies, idempotent. Only the ending of a customership calls this. */
  destroyDataKey(id: CustomershipId): void
  /** Looks at the disk, at both copies. */
  holdsDataKey(id: CustomershipId): boolean
  /** Of which customerships there are keys. */
  dataKeyIds(): CustomershipId[]
  /** How the wrapped key begins on the disk: random, and what a byte scan looks for after a destruction. */
  dataKeyMark(id: CustomershipId): Buffer | null
  sealingKey(): SealingKey
  /** Null: the key is known and what was sealed does not open. */
  openSessionKey(
    envelope: Pick<Envelope, 'key' | 'enc' | 'sealedKey'>,
    device: DeviceId
  ): Promise<KeyObject | 'unknown-key' | null>
  /** Ed25519, base64url. */
  sign(text: string): string
  /** The raw 32 bytes, base64url. */
  publicKey(): string
  searchMac(word: string): Buffer
  suppressionMac(id: CustomershipId): Buffer
  /** For what belongs to no customership that ever was. */
  orphanKey(): KeyObject
  /** When the key that wraps the data keys was made. */
  readonly epochBegunAt: number
  /**
   * §7: wraps every data key anew and destroys the key that wrapped them before, so that an old copy of
   * this store opens nothing, and what was destroyed since stays destroyed. Cut anywhere, it is finished
   * at the next start or the next turn.
   */
  turnEpoch(): Promise<void>
  close(): void
}

const cacheMilliseconds = 5000

const sealingPrefix = 'sealing/'
const dataPrefix = 'data/'
/** So many at a time are wrapped anew, that nobody waits for a turn. */
const turnBatch = 200

const dataKeyName = (id: string): string => `${dataPrefix}${id}`

class OpenKeyStore implements KeyStore {
  readonly #copies: KeyCopies
  readonly #root: Root
  readonly #clock: Clock
  readonly #epochs: Epochs
  readonly #signing: KeyObject
  readonly #searchKey: KeyObject
  readonly #suppressionKey: KeyObject
  readonly #orphanKey: KeyObject
  readonly #dataKeys = new Map<CustomershipId, { key: KeyObject; until: number }>()
  #sealingKey: SealingKey | null = null
  readonly #sealingKeys = new Map<string, Promise<CryptoKey>>()
  readonly #sessionKeys = new Recent<string, Promise<KeyObject | null>>(2000)
  readonly #place: KeyPlace
  readonly #lock: KeysLock
  #sweep: NodeJS.Timeout | null = null

  constructor(
    place: KeyPlace,
    lock: KeysLock,
    copies: KeyCopies,
    epochs: Epochs,
    root: Root,
    clock: Clock
  ) {
    this.#place = place
    this.#lock = lock
    this.#copies = copies
    this.#epochs = epochs
    this.#root = root
    this.#clock = clock
    this.#signing = createPrivateKey({
      key: this.#secret('signing', newSigningKey),
      format: 'der',
      type: 'pkcs8'
    })
    this.#searchKey = createSecretKey(this.#secret('search', () => randomBytes(32)))
    this.#suppressionKey = createSecretKey(
      this.#secret('suppression', () => randomBytes(32))
    )
    this.#orphanKey = createSecretKey(this.#secret('orphan', () => randomBytes(32)))
  }

  get hasSecondCopy(): boolean {
    return this.#copies.hasSecond
  }

  get folders(): readonly string[] {
    return foldersOf(this.#place)
  }

  get isRotating(): boolean {
    return this.#root.stands !== 'only'
  }

  createDataKey(id: CustomershipId): void {
    this.createDataKeys([id])
  }

  createDataKeys(ids: readonly CustomershipId[]): void {
    const names = [...new Set(ids.map(dataKeyName))]
    if (names.every((name) => this.#copies.find(name))) return
    this.#lock.hold(() => {
      this.#epochs.refresh()
      const { current } = this.#epochs
      const missing = names.filter((name) => !this.#copies.find(name))
      this.#copies.put(missing.map((name) => this.#wrapped(name, randomBytes(32), current)))
    })
  }

  dataKey(id: CustomershipId): KeyObject | null {
    const now = this.#clock.now()
    const known = this.#dataKeys.get(id)
    if (known && now < known.until && known.until <= now + cacheMilliseconds) return known.key
    const row = this.#copies.find(dataKeyName(id))
    if (!row) return null
    const key = createSecretKey(this.#unwrap(row))
    this.#dataKeys.set(id, { key, until: now + cacheMilliseconds })
    this.#sweep ??= setTimeout(() => {
      this.#forget()
    }, cacheMilliseconds).unref()
    return key
  }

  destroyDataKey(id: CustomershipId): void {
    this.#dataKeys.delete(id)
    this.#lock.hold(() => {
      if (this.holdsDataKey(id)) this.#copies.destroy([dataKeyName(id)])
    })
  }

  holdsDataKey(id: CustomershipId): boolean {
    return this.#copies.holds(dataKeyName(id))
  }

  dataKeyIds(): CustomershipId[] {
    return this.#copies
      .names(dataPrefix)
      .map((name) => name.slice(dataPrefix.length) as CustomershipId)
  }

  dataKeyMark(id: CustomershipId): Buffer | null {
    return this.#copies.find(dataKeyName(id))?.wrapped.subarray(0, 16) ?? null
  }

  /** It is as old as the store, and asked for at every contact. */
  sealingKey(): SealingKey {
    return (this.#sealingKey ??= this.#readSealingKey())
  }

  #readSealingKey(): SealingKey {
    const row = this.#copies.list(sealingPrefix).at(-1)
    if (!row?.publicKey) throw new KeyStoreError('the key store has no sealing key')
    return { id: row.name.slice(sealingPrefix.length), publicKey: row.publicKey }
  }

  async openSessionKey(
    envelope: Pick<Envelope, 'key' | 'enc' | 'sealedKey'>,
    device: DeviceId
  ): Promise<KeyObject | 'unknown-key' | null> {
    const recipientKey = this.#recipientKey(envelope.key)
    if (!recipientKey) return 'unknown-key'
    const name = [device, envelope.key, envelope.enc, envelope.sealedKey].join('\n')
    let opening = this.#sessionKeys.get(name)
    if (!opening) {
      opening = recipientKey.then((key) =>
        openSealedKey(key, envelope.enc, envelope.sealedKey, device)
      )
      this.#sessionKeys.set(name, opening)
    }
    const sessionKey = await opening
    if (sessionKey === null) this.#sessionKeys.delete(name)
    return sessionKey
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text, 'utf8'), this.#signing).toString('base64url')
  }

  publicKey(): string {
    const { x } = createPublicKey(this.#signing).export({ format: 'jwk' })
    if (!x) throw new KeyStoreError('the signing key is not Ed25519')
    return x
  }

  searchMac(word: string): Buffer {
    return createHmac('sha256', this.#searchKey).update(word, 'utf8').digest()
  }

  suppressionMac(id: CustomershipId): Buffer {
    return createHmac('sha256', this.#suppressionKey).update(id, 'utf8').digest()
  }

  orphanKey(): KeyObject {
    return this.#orphanKey
  }

  /** `pair` is used when there is none yet. */
  ensureSealingKey(pair: SealingPair): void {
    if (this.#copies.list(sealingPrefix).length > 0) return
    const name = sealingPrefix + randomBytes(9).toString('base64url')
    this.#put(name, pair.privateKey, pair.publicKey)
  }

  get epochBegunAt(): number {
    return this.#epochs.current.begunAt
  }

  async turnEpoch(): Promise<void> {
    this.#lock.hold(() => {
      this.#epochs.refresh()
      if (!this.#epochs.isTurning) this.#epochs.begin()
    })
    const { name } = this.#epochs.current
    const former = this.#formerlyWrapped(name)
    for (let from = 0; from < former.length; from += turnBatch) {
      const some = former.slice(from, from + turnBatch)
      this.#lock.hold(() => this.#wrapAnew(some))
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#lock.hold(() => {
      // What another process made in between, under the epoch that it knew.
      this.#wrapAnew(this.#formerlyWrapped(name))
      // A second copy that could not be written has keys that only the former epoch opens.
      this.#copies.renewSecond()
      this.#epochs.destroyFormer()
    })
  }

  #formerlyWrapped(current: string): string[] {
    return this.#copies
      .list(dataPrefix)
      .filter(({ wrappedBy }) => wrappedBy !== current)
      .map((row) => row.name)
  }

  close(): void {
    this.#forget()
    this.#sessionKeys.clear()
    this.#copies.close()
    this.#epochs.close()
    this.#lock.close()
  }

  #forget(): void {
    if (this.#sweep) clearTimeout(this.#sweep)
    this.#sweep = null
    this.#dataKeys.clear()
  }

  /** One that was destroyed since it was listed stays destroyed. */
  #wrapAnew(names: readonly string[]): void {
    const rows = names.flatMap((name) => this.#copies.find(name) ?? [])
    if (rows.length === 0) return
    this.#copies.replace(
      rows.map((row) => ({
        ...this.#wrapped(row.name, this.#unwrap(row), this.#epochs.current),
        madeAt: row.madeAt
      }))
    )
  }

  #secret(name: string, make: () => Buffer): Buffer {
    const row = this.#copies.find(name)
    if (row) return this.#unwrap(row)
    const key = make()
    this.#put(name, key)
    return key
  }

  #recipientKey(id: string): Promise<CryptoKey> | null {
    const known = this.#sealingKeys.get(id)
    if (known) return known
    const row = this.#copies.find(sealingPrefix + id)
    if (!row) return null
    const key = importSealingKey(this.#unwrap(row))
    this.#sealingKeys.set(id, key)
    return key
  }

  #put(name: string, key: Buffer, publicKey: string | null = null): void {
    this.#copies.put([this.#wrapped(name, key, null, publicKey)])
  }

  #wrapped(
    name: string,
    key: Buffer,
    epoch: Epoch | null,
    publicKey: string | null = null
  ): Omit<KeyRow, 'state'> {
    const wrapped = wrapKey(epoch ?? this.#root, name, key)
    return { name, wrappedBy: epoch?.name ?? null, wrapped, publicKey, madeAt: this.#clock.now() }
  }

  #unwrap({ name, wrappedBy, wrapped }: KeyRow): Buffer {
    if (wrappedBy === null) return unwrapKey(this.#root, name, wrapped)
    const epoch = this.#epochs.find(wrappedBy)
    if (!epoch) throw new KeyStoreError('a key is wrapped by an epoch that is gone')
    return unwrapKey(epoch, name, wrapped)
  }
}

/** Stores of the first version kept their epoch beside the keys that it wraps. */
function moveEpochs(from: KeyCopies, to: KeyCopies): void {
  const rows = from.list(epochPrefix)
  if (rows.length === 0) return
  to.put(rows)
  from.destroy(rows.map(({ name }) => name))
}

function newSigningKey(): Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })
}

export async function openKeyStore(
  options: KeyPlace & { readonly rootKey: Buffer; readonly clock: Clock }
): Promise<KeyStore> {
  const { folder, clock } = options
  const opened: { close(): void }[] = []
  const open = <T extends { close(): void }>(one: T): T => {
    opened.push(one)
    return one
  }
  try {
    const lock = open(new KeysLock(folder))
    const sealing = await makeSealingPair()
    // What another process has in hand is not taken for what a crash has left.
    const { epochs, keyStore } = lock.hold(() => {
      const copies = open(openKeyCopies(options))
      const root = openRoot((name) => copies.find(name), options.rootKey)
      const epochCopies = open(openEpochCopies(options))
      moveEpochs(copies, epochCopies)
      const epochs = new Epochs(epochCopies, root, clock)
      const keyStore = new OpenKeyStore(options, lock, copies, epochs, root, clock)
      keyStore.ensureSealingKey(sealing)
      return { epochs, keyStore }
    })
    // What a crash cut in the middle of a turn is finished before anything is asked.
    if (epochs.isTurning) await keyStore.turnEpoch()
    return keyStore
  } catch (error) {
    for (const one of opened) one.close()
    throw error
  }
}
