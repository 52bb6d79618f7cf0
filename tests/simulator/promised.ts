import type { CustomershipId, OperationId } from '#contract/id.ts'
import type { FinalOutcome } from '#contract/outcome.ts'
import { pushAnswerSchema } from '#contract/push.ts'
import type { SimulatedServer } from './server.ts'
import type { CopyRow, SealedRow } from '#lib/device/database.ts'
import type { Tablet } from './tablet.ts'

/** What its author was told is saved. */
export interface Saved {
  readonly id: OperationId
  readonly tablet: Tablet
  readonly customership: CustomershipId
  readonly op: string
  /** Those that this operation brings, and no earlier one. */
  readonly words: readonly string[]
}

/** A line of a pull's answer, or what a locked tablet is told. */
interface Orders {
  readonly frame: string
  readonly customership: CustomershipId
  readonly purge: readonly CustomershipId[]
}

interface ServerRow {
  readonly outcome: FinalOutcome
  readonly decidedOutcome: FinalOutcome | null
  readonly revision: number | null
  readonly decidedRevision: number | null
}

/** What was promised so far, to authors and to tablets, and whether it is still true. */
export class Promised {
  readonly saved = new Map<OperationId, Saved>()
  readonly acknowledged = new Map<OperationId, FinalOutcome>()
  /** Office's changes of each customership that are sure, and that may have been done. */
  readonly changes = new Map<CustomershipId, { sure: number; unsure: number }>()
  readonly deleted = new Set<CustomershipId>()
  /** Of which customership each operation is that a tablet has, or had. */
  readonly #customerships = new Map<OperationId, CustomershipId>()
  /** What a tablet had to let go of, with its author's copies, and noted; and what it was told to. */
  readonly #purged = new Map<Tablet, Set<CustomershipId>>()
  readonly #ordered = new Map<Tablet, Set<CustomershipId>>()
  readonly #server: SimulatedServer
  readonly #receipts = new Map<Tablet, Map<OperationId, string>>()

  /** Each customership's revision at the beginning. */
  readonly #begun: ReadonlyMap<CustomershipId, number>

  constructor(server: SimulatedServer, begun: ReadonlyMap<CustomershipId, number>) {
    this.#server = server
    this.#begun = begun
  }

  /** Acknowledged by a register whose disk was lost: until it is delivered again, nobody can know. */
  readonly #lostByRestore = new Set<OperationId>()

  isLost(id: OperationId): boolean {
    return this.#lostByRestore.has(id)
  }

  /** How much was told of: whoever checks need not look again while nothing else was. */
  #told = 0

  /** What a restored register still knows. */
  backUp(): () => void {
    const acknowledged = new Map(this.acknowledged)
    const changes = new Map(this.changes)
    return () => {
      this.#told += 1
      for (const id of this.acknowledged.keys())
        if (!acknowledged.has(id)) this.#lostByRestore.add(id)
      this.acknowledged.clear()
      for (const [id, outcome] of acknowledged) this.acknowledged.set(id, outcome)
      this.changes.clear()
      for (const [id, count] of changes) this.changes.set(id, count)
    }
  }

  countLooks(at: CustomershipId, isTold: (look: Saved) => boolean): number {
    return [...this.saved.values()].filter(
      (one) => one.op === 'usage.report' && one.customership === at && isTold(one)
    ).length
  }

  save(saved: Saved): void {
    this.#told += 1
    const before = this.saved.get(saved.id)
    const words = before ? [...before.words, ...saved.words] : saved.words
    this.saved.set(saved.id, { ...saved, words })
  }

  /** Whatever the server answers is a promise, heard or not. */
  hear(path: string, status: number, body: string): void {
    if (path !== '/api/sync/push' || status !== 200) return
    this.#told += 1
    for (const { id, outcome } of pushAnswerSchema.parse(JSON.parse(body)).results)
      if (outcome !== 'retry') this.acknowledged.set(id, outcome)
  }

  /** What has to go goes from a full disk too, which has no room to note it. */
  hearOrders(tablet: Tablet, body: string): void {
    if (!body.includes('"purge"')) return
    const ordered = this.#ordered.get(tablet) ?? new Set()
    this.#ordered.set(tablet, ordered)
    for (const line of body.split('\n').filter((one) => one !== '')) {
      const { purge = [], frame, customership } = JSON.parse(line) as Partial<Orders>
      for (const id of purge) ordered.add(id)
      if (frame === 'purge' && customership) ordered.add(customership)
    }
  }

  /** The office asks for a change; until it is answered, it may have been done or not. */
  asks(id: CustomershipId): void {
    this.#told += 1
    const { sure, unsure } = this.#changesOf(id)
    this.changes.set(id, { sure, unsure: unsure + 1 })
  }

  answered(id: CustomershipId, isDone: boolean): void {
    this.#told += 1
    const { sure, unsure } = this.#changesOf(id)
    this.changes.set(id, { sure: sure + Number(isDone), unsure: unsure - 1 })
  }

  #changesOf(id: CustomershipId) {
    return this.changes.get(id) ?? { sure: 0, unsure: 0 }
  }

  row(id: OperationId): ServerRow | undefined {
    return this.#server.rows<ServerRow>(
      'select outcome, decidedOutcome, revision, decidedRevision from operations where id = ?',
      id
    )[0]
  }

  /** At every moment, so also at this one, unless nothing was written or told since the last. */
  check(tablets: readonly Tablet[]): void {
    const server = `${this.#server.changes} ${this.deleted.size}`
    const told = String(this.#told)
    for (const tablet of tablets) {
      if (!this.#isNews(tablet, tablet.disk.changes, server, told)) continue
      this.#notePurges(tablet)
      this.#checkReceipts(tablet)
      this.#checkHeld(tablet)
    }
    if (this.#isNews(this.saved, told, ...tablets.map(({ disk }) => disk.changes)))
      this.#checkSaved()
    if (!this.#isNews(this.acknowledged, told, server)) return
    this.#checkAcknowledged()
    for (const id of this.#begun.keys()) this.#checkOnce(id)
  }

  #isNews(of: object, ...seen: readonly (string | number)[]): boolean {
    const before = this.#seen.get(of)
    const now = seen.join()
    this.#seen.set(of, now)
    return now !== before
  }
  readonly #seen = new Map<object, string>()

  /** A revision is stored with its data, and an author's words are readable until the held revision has them. */
  #checkHeld(tablet: Tablet): void {
    const held = new Map(tablet.rows<SealedRow>('customerships').map((row) => [row.id, row]))
    const faces = tablet.rows<SealedRow>('faces')
    if (faces.length !== held.size) throw new Error(`${tablet.name} holds a half`)
    for (const { id, revision, view } of faces) {
      const whole = held.get(id)
      if (whole?.revision !== revision || whole.view !== view)
        throw new Error(`${tablet.name} holds ${whole?.revision} and shows ${revision}`)
    }
    const copies = new Set(tablet.rows<CopyRow>('copies').map(({ id }) => id))
    for (const { id, customership, receipt, quiet } of tablet.outbox) {
      this.#customerships.set(id, customership)
      const revision = held.get(customership)?.revision
      const isForgotten = this.#isGone(tablet, customership)
      if (revision === undefined || isForgotten || quiet || copies.has(id)) continue
      if (this.#lostByRestore.has(id)) continue
      // Damaged after its copy went, because the register had it: asked for once more, that is what is told.
      if (receipt?.outcome === 'discarded' || receipt?.code === 'cannot-open') continue
      const contained = receipt ? containedSince(receipt) : this.#knownSince(id)
      if (contained === null || contained > revision)
        throw new Error(`${tablet.name} cannot read its own words any more`)
    }
  }

  /** What a restored register asks for once more has no receipt until it is answered, and is held all the same if the register has it. */
  #knownSince(id: OperationId): number | null {
    const row = this.row(id)
    if (!row) return null
    const outcome = row.decidedOutcome ?? row.outcome
    return containedSince({ outcome, revision: row.decidedRevision ?? row.revision })
  }

  /** Each operation and each change of the office raises the revision once, and nothing else does. */
  #checkOnce(id: CustomershipId): void {
    if (this.deleted.has(id)) return
    const [found] = this.#server.rows<{ revision: number; operations: number }>(
      `select revision, (select count(*) from operations where customership = customerships.id
        and coalesce(decidedOutcome, outcome) = 'applied'
        and coalesce(decidedRevision, revision) is not null) as operations
        from customerships where id = ?`,
      id
    )
    if (!found) throw new Error('a customership went by itself')
    const { sure, unsure } = this.#changesOf(id)
    const begun = this.#begun.get(id) ?? 0
    const byOffice = found.revision - begun - found.operations
    if (byOffice < sure || byOffice > sure + unsure)
      throw new Error(
        `a customership is at ${found.revision}: ${begun} at the beginning, ${found.operations} operations, ${sure} to ${sure + unsure} changes of the office`
      )
  }

  /** Also in the middle of a step. */
  isPurged(tablet: Tablet, customership: CustomershipId): boolean {
    this.#notePurges(tablet)
    return this.#isGone(tablet, customership)
  }

  #isGone(tablet: Tablet, customership: CustomershipId): boolean {
    if (this.#purged.get(tablet)?.has(customership) === true) return true
    const wasOrdered = this.#ordered.get(tablet)?.has(customership) === true
    return tablet.wasFull && (tablet.wasAhead || wasOrdered)
  }

  #notePurges(tablet: Tablet): void {
    const purged = this.#purged.get(tablet) ?? new Set()
    for (const { customership } of tablet.rows<{ customership: CustomershipId }>('purges'))
      purged.add(customership)
    this.#purged.set(tablet, purged)
  }

  /** "Perillä" is said of nothing that the server does not have. */
  #checkReceipts(tablet: Tablet): void {
    const known = this.#receipts.get(tablet) ?? new Map<OperationId, string>()
    this.#receipts.set(tablet, known)
    for (const { id, customership, receipt } of tablet.outbox) {
      if (!receipt || known.get(id) === receipt.outcome) continue
      known.set(id, receipt.outcome)
      if (this.#lostByRestore.has(id)) continue
      const row = this.row(id)
      if (receipt.outcome === 'discarded' || receipt.outcome === 'refused') continue
      // Answered before it was deleted, and heard after it.
      if (this.deleted.has(customership)) continue
      if (!row) throw new Error(`${tablet.name} says ${receipt.outcome} of what the server lacks`)
      const told = row.decidedOutcome ?? row.outcome
      if (receipt.outcome === 'applied' && told !== 'applied')
        throw new Error(`${tablet.name} says delivered of what is ${told}`)
    }
  }

  /** Saved on this device is true until the server has it. */
  #checkSaved(): void {
    for (const [tablet, all] of Map.groupBy(this.saved.values(), (one) => one.tablet)) {
      const there = new Set(tablet.outbox.map(({ id }) => id))
      for (const { id, op } of all)
        if (!there.has(id) && !this.acknowledged.has(id))
          throw new Error(`${tablet.name} lost a saved ${op} that nobody has`)
    }
  }

  /** What the server said it has, it has; what it threw away belonged to nobody any more. */
  #checkAcknowledged(): void {
    const there = new Set(
      this.#server.rows<{ id: OperationId }>('select id from operations').map(({ id }) => id)
    )
    for (const [id, outcome] of this.acknowledged) {
      if (outcome === 'discarded' || outcome === 'refused') continue
      const customership = this.#customerships.get(id)
      if (customership && this.deleted.has(customership)) continue
      const op = this.saved.get(id)?.op ?? 'part of a document'
      if (!there.has(id)) throw new Error(`the server lost a ${op} that it had`)
    }
  }
}

/** The revision from which on a customership has its words; null: none has. */
const containedSince = (told: {
  readonly outcome: FinalOutcome
  readonly revision?: number | null
}): number | null => (told.outcome === 'applied' ? (told.revision ?? 0) : null)
