import { toMilliseconds } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { parseLenient } from '#contract/lenient.ts'
import { frameSchema, type Frame, type FrameOf } from '#contract/pull.ts'
import { contactAt, now } from '#lib/device/clock.ts'
import type { VaultDatabase } from '#lib/device/database.ts'
import { dropCustomerships } from '#lib/device/drop.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'
import { deliverAgain, keepDecision, letGo } from '#lib/outbox/receipts.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { reasonItem } from './outbox-line.ts'
import type { IntakeEvent, SealedCustomership } from '#lib/vault/room.ts'

/**
 * Lays what a pull brings into the database, in the order in which it came, each step whole: cut off
 * anywhere, what was applied stands and the next pull goes on from there.
 */
export class Applying {
  ended = false
  done: number
  total: number | null = null
  readonly #vault: OpenVault
  readonly #begun: number
  readonly #known: ReadonlySet<CustomershipId>
  readonly #onProgress: () => void
  /** What came while the batch before it was being written: one transaction for all of it. */
  #gathering: Gathering | null = null
  #queue: Promise<void> = Promise.resolve()
  #failed: unknown = null

  /**
   * `begun`: what an earlier pull, cut off before its end, has brought of the same. `known`: of which anything lay
   * here when it asked.
   */
  constructor(
    vault: OpenVault,
    o: {
      begun: number
      known: ReadonlySet<CustomershipId>
      onProgress: () => void
    }
  ) {
    this.#vault = vault
    this.#begun = o.begun
    this.#known = o.known
    this.done = o.begun
    this.#onProgress = o.onProgress
  }

  take(event: IntakeEvent): void {
    if ('frame' in event) {
      this.#gathering = null
      this.#follow(() => this.#applyAsItCame(event.frame))
    } else if ('newer' in event) this.#gatherNewer(event.newer)
    else this.#gatherSealed(event.sealed)
  }

  #gatherSealed(sealed: readonly SealedCustomership[]): void {
    if (this.#gathering && 'sealed' in this.#gathering) this.#gathering.sealed.push(...sealed)
    else {
      const batch = { sealed: [...sealed] }
      this.#gather(batch, () => this.#keep(batch.sealed))
    }
  }

  /** Of one customership only one at a time: what is newer of it is laid over what was kept. */
  #gatherNewer(frame: FrameOf<'customership'>): void {
    const open = this.#gathering && 'newer' in this.#gathering ? this.#gathering.newer : null
    if (open && open.size < mostMerged && !open.has(frame.id)) open.set(frame.id, frame)
    else {
      const batch = { newer: new Map([[frame.id, frame]]) }
      this.#gather(batch, () => this.#merge([...batch.newer.values()]))
    }
  }

  #gather(batch: Gathering, keep: () => Promise<void>): void {
    this.#gathering = batch
    this.#follow(() => {
      if (this.#gathering === batch) this.#gathering = null
      return keep()
    })
  }

  #follow(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#failed !== null) return
      try {
        await step()
      } catch (error) {
        this.#failed = error
      }
    })
  }

  /** Resolves when all that was taken is on the disk. A full disk is thrown here. */
  async settled(): Promise<void> {
    await this.#queue
    if (this.#failed instanceof Error) throw this.#failed
  }

  /** A frame that is not known, or does not fit, stands in nobody's way. */
  async #applyAsItCame(value: unknown): Promise<void> {
    const parsed = parseLenient(frameSchema, value)
    if (parsed.success && parsed.data.frame !== 'customership') await this.#apply(parsed.data)
  }

  async #apply(frame: Exclude<Frame, { frame: 'customership' }>): Promise<void> {
    const { database } = this.#vault
    switch (frame.frame) {
      case 'purge':
        await this.#purge(frame.customership)
        return
      case 'scope':
        this.total = this.#begun + frame.customerships
        this.#onProgress()
        return
      case 'organisation': {
        const { frame: _name, ...value } = frame
        const { revision } = value
        const sealed = await this.#vault.sealOwn('organisation', revision, value)
        await database.writeMeta('organisation', { revision, sealed })
        return
      }
      case 'outcome':
        await keepDecision(database, frame, await this.#sealReason(frame))
        return
      case 'end':
        await this.#end(frame)
        return
    }
  }

  async #sealReason({ id, reason }: FrameOf<'outcome'>): Promise<ArrayBuffer | null> {
    return reason === undefined ? null : this.#vault.sealOwn(reasonItem(id), 0, reason)
  }

  async #purge(id: CustomershipId): Promise<void> {
    const { database } = this.#vault
    await this.#vault.destroyStandingSlots(await dropCustomerships(database, [id]))
    const { sealed } = await this.#vault.changeManifest(
      { remove: [id] },
      await manifestOf(database)
    )
    // A full disk keeps the name of one that is gone, and takes the next purge.
    await database.writeMeta('manifest', { sealed }).catch(unlessFullDisk)
  }

  /**
   * §7: of which only an author's copy lies here, though it was neither here before nor was it sent. One tab
   * sealed a note of it before another let it go, and kept it after.
   */
  async #strays(): Promise<CustomershipId[]> {
    const { copies, customerships } = this.#vault.database
    const written = (await copies.orderBy('customership').uniqueKeys()) as CustomershipId[]
    const rows = await customerships.bulkGet(written)
    return written.filter((id, index) => !rows[index] && !this.#known.has(id))
  }

  async #merge(frames: readonly FrameOf<'customership'>[]): Promise<void> {
    const { database } = this.#vault
    const held = await database.customerships.bulkGet(frames.map(({ id }) => id))
    const rows = held.filter((row) => row !== undefined)
    const sealed = await this.#vault.merge(frames, rows, await manifestOf(database))
    if (sealed.length > 0) await this.#keep(sealed)
    // What does not open is fetched whole: not held, it is not said to be held.
    const kept = new Set(sealed.map(({ whole }) => whole.id))
    for (const { id } of frames) if (!kept.has(id)) await letFetchAnew(database, id)
  }

  async #keep(batch: readonly SealedCustomership[]): Promise<void> {
    const { database } = this.#vault
    const ids = batch.map(({ whole }) => whole.id)
    const put = batch.map(({ whole }) => ({ id: whole.id, revision: whole.revision }))
    const { sealed } = await this.#vault.changeManifest({ put }, await manifestOf(database))
    const { customerships, faces, purges, meta } = database
    await database.transaction('rw', [customerships, faces, purges, meta], async () => {
      await customerships.bulkPut(batch.map(({ whole }) => whole))
      await faces.bulkPut(batch.map(({ face }) => face))
      await purges.bulkDelete(ids)
      await database.writeMeta('manifest', { sealed })
    })
    this.done += batch.length
    this.#onProgress()
  }

  async #end(frame: FrameOf<'end'>): Promise<void> {
    const { database, door, device } = this.#vault
    const { serverTime, generation, sealingKey, safeThrough, policy, missing } = frame
    const genuine = await this.#vault.isLeaseGenuine(frame.lease)
    const before = await database.readMeta('contact')
    for (const id of await this.#strays()) await this.#purge(id)
    const { faces, copies, outbox, cargo, meta } = database
    await database.transaction('rw', [faces, copies, outbox, cargo, meta], async () => {
      await database.writeMeta('contact', { serverTime, generation, sealingKey, safeThrough })
      await database.writeMeta('sealingKey', sealingKey)
      if (genuine) await database.writeMeta('lease', frame.lease)
      await letGo(database, safeThrough, toMilliseconds(serverTime))
      if (missing) await deliverAgain(database, { numbers: missing })
      // A restored register lacks what came after its backup.
      if (before && before.generation !== generation) {
        await deliverAgain(database, { after: safeThrough ?? 0 })
      }
      const held = await faces.toArray()
      await dropCaughtUp(database, held)
    })
    await Promise.all([
      door.vaults.update(device, { policy }),
      door.keepTime(contactAt(serverTime, now()))
    ])
    this.ended = true
  }
}

type Gathering =
  | { readonly sealed: SealedCustomership[] }
  | { readonly newer: Map<CustomershipId, FrameOf<'customership'>> }

/** Opened and sealed again together, so held in memory together. */
const mostMerged = 32

export async function manifestOf(database: VaultDatabase): Promise<ArrayBuffer | null> {
  return (await database.readMeta('manifest'))?.sealed ?? null
}

/** Not a purge: the key stays, only the value that does not open goes. */
export async function letFetchAnew(database: VaultDatabase, id: CustomershipId): Promise<void> {
  const { customerships, faces } = database
  await database.transaction('rw', [customerships, faces], async () => {
    await customerships.delete(id)
    await faces.delete(id)
  })
}

/**
 * The author's copy goes when the held revision contains it. Only the end of a pull tells whether it does:
 * a restored register counts the same numbers anew.
 */
async function dropCaughtUp(
  database: VaultDatabase,
  held: readonly { readonly id: CustomershipId; readonly revision: number }[]
): Promise<void> {
  const revisions = new Map(held.map(({ id, revision }) => [id, revision]))
  const copies = await database.copies
    .where('customership')
    .anyOf([...revisions.keys()])
    .toArray()
  const rows = await database.outbox.bulkGet(copies.map(({ id }) => id))
  const contained = copies.filter((copy, index) => {
    const receipt = rows[index]?.receipt
    const applied = receipt?.outcome === 'applied' && receipt.revision !== undefined
    return applied && (receipt.revision ?? 0) <= (revisions.get(copy.customership) ?? -1)
  })
  await database.copies.bulkDelete(contained.map(({ id }) => id))
}
