import type { Moment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { CustomershipId, DeviceId, EntryId, OperationId, UserId } from '#contract/id.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { WireEntry } from '#contract/pull.ts'
import { now, today, type TimeMark } from '#lib/device/clock.ts'
import { follow } from '#lib/device/follow.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'
import { hands } from '#lib/device/hands.ts'
import { tellSpan } from '#lib/device/moments.ts'
import { deliver } from '#lib/outbox/deliver.ts'
import { mustSealAnew } from '#lib/outbox/outbox.ts'
import type { Session } from '#lib/session/session.svelte.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { isOver } from '#lib/vault/purge.ts'
import { isHeldValue } from '#lib/vault/room.ts'
import { letFetchAnew, manifestOf } from './apply.ts'
import { Drawing } from './drawing.ts'
import type { Face } from './face.ts'
import type { HeldCustomership } from './held.ts'
import { loadReading } from './later.ts'
import type { OutboxLine } from './outbox-line.ts'
import { entryOf, isStillOwn } from './own-operation.ts'
import { PullLoop, type PullStatus } from './pull-loop.ts'
import { isBehind, readSnapshot, type Snapshot } from './snapshot.ts'
import { Submitting, type Given, type Submission } from './submit.ts'

/**
 * What the open vault holds, as the screens see it. Made at unlocking and dropped at lock, with
 * every readable word in it. It follows the database, whoever writes there.
 */
export class Replica {
  faces: readonly Face[] = $state.raw([])
  organisation: OrganisationOnTablet | null = $state.raw(null)
  outbox: readonly OutboxLine[] = $state.raw([])
  /** The first look at what is held is done; before it, nothing is known to be empty. */
  ready = $state(false)
  progress: { readonly done: number; readonly total: number } | null = $state.raw(null)
  /** The server's time at the end of the last complete pull. */
  freshAt: Moment | null = $state(null)
  status: PullStatus = $state('idle')
  /** What stands in the way when `status` is `problem` or `signed-out`. */
  problem: ProblemCode | null = $state(null)
  readonly user: UserId
  readonly device: DeviceId
  /** When what was last looked at, so that one look is reported once. */
  readonly looks = new Map<string, number>()

  readonly #vault: OpenVault
  readonly #submitting: Submitting
  readonly #drawing: Drawing
  readonly #pulls: PullLoop
  /** Those that were opened last: siblings are written of side by side. */
  readonly #wholes = new Map<CustomershipId, Whole>()
  #submits: Promise<unknown> = Promise.resolve()
  #showing: Promise<void> = Promise.resolve()
  #newest: Snapshot | null = null
  #watching: (() => void) | null = null
  #drawNow: () => void = () => undefined
  #stopped = false

  constructor(vault: OpenVault, session: Pick<Session, 'enter'>) {
    this.#vault = vault
    this.user = vault.user
    this.device = vault.device
    this.#submitting = new Submitting(vault)
    this.#drawing = new Drawing(vault)
    this.#pulls = new PullLoop(vault, session, {
      status: (status, problem) => {
        this.status = status
        this.problem = problem
      },
      progress: (progress) => {
        this.progress = progress
        if (!progress) this.#drawNow()
      }
    })
  }

  /** Resolves when what is held is drawn; fetching goes on behind it. */
  async start(): Promise<void> {
    const [snapshot, mark] = await Promise.all([
      readSnapshot(this.#vault),
      this.#vault.door.timeMark()
    ])
    await this.#show(snapshot, mark)
    this.ready = true
    this.#watching = follow({
      tables: ['faces', 'copies', 'outbox', 'meta'],
      rest: lookEveryMilliseconds,
      // Of one's own words the form tells at once: what they change elsewhere comes between two of them.
      wait: () => hands?.rest() ?? Promise.resolve(),
      look: () => readSnapshot(this.#vault),
      tell: (snapshot) => {
        this.#newest = snapshot
        this.#showing = this.#showing.then(() => this.#showNewest())
      }
    })
    await this.#sealAnew()
    this.#pulls.start()
    // Should it fail, the first thing written tries again, and tells.
    setTimeout(() => void this.#submitting.prepare().catch(() => undefined), prepareMilliseconds)
    setTimeout(() => void loadReading().catch(() => undefined), prepareMilliseconds)
  }

  stop(): void {
    this.#stopped = true
    this.#watching?.()
    this.#pulls.stop()
    this.faces = []
    this.organisation = null
    this.outbox = []
    this.#wholes.clear()
  }

  pull(): Promise<void> {
    return this.#pulls.pull()
  }

  /** "Lähetä nyt": resting drafts go too. */
  async send(): Promise<void> {
    await deliver(this.#vault.database, this.device, { resting: true })
    await this.pull()
  }

  /** Its author has read that the office did not take it. */
  async dismiss(id: OperationId): Promise<void> {
    await this.#vault.database.outbox.update(id, { seen: true })
  }

  /** Null for what is not held, or may not be held any more. */
  async open(id: CustomershipId): Promise<HeldCustomership | null> {
    const { parseEntries, layOver } = await loadReading()
    const opened = await this.#openWhole(id)
    if (!opened) return null
    const { revision } = opened
    const entries = (opened.parsed ??= parseEntries(opened.entries))
    const all = await this.#drawing.ownOf(id)
    const own = all.filter((one) => isStillOwn(one, revision))
    this.#submitting.shown(own, all)
    return { id, revision, entries: layOver(entries, own) }
  }

  async #openWhole(id: CustomershipId): Promise<Whole | null> {
    const { database, door } = this.#vault
    const { row, manifest } = await database.transaction(
      'r',
      [database.customerships, database.meta],
      async () => ({
        row: await database.customerships.get(id),
        manifest: await manifestOf(database)
      })
    )
    if (!row || isOver(row, today(await door.timeMark(), now()))) return null
    const known = this.#wholes.get(id)
    if (known?.revision === row.revision) return this.#keep(known)
    const [value] = await this.#vault.openHeld('customerships', [row], manifest)
    if (!isHeldValue(value)) {
      await letFetchAnew(database, id)
      void this.pull()
      return null
    }
    return this.#keep({ id, revision: row.revision, entries: value.entries })
  }

  #keep(whole: Whole): Whole {
    this.#wholes.delete(whole.id)
    this.#wholes.set(whole.id, whole)
    const [oldest] = this.#wholes.keys()
    if (oldest && this.#wholes.size > mostOpen) this.#wholes.delete(oldest)
    return whole
  }

  /** Resolves when it is durable: "Tallennettu tälle laitteelle" is then true. One after another. */
  submit(submission: Submission): Promise<OperationId> {
    const asked = performance.now()
    const submitted = this.#submits.then(async () => {
      const { own, held } = await this.given(submission)
      const id = await this.#submitting.submit(submission, own, held)
      if (submission.op !== 'usage.report') tellSpan('kotikaynti:saved', asked)
      return id
    })
    this.#submits = submitted.catch(() => undefined)
    return submitted
  }

  /** For what is more than one operation: nothing else is written until it is done. */
  alone<T>(write: (submitting: Submitting, vault: OpenVault) => Promise<T>): Promise<T> {
    const written = this.#submits.then(() => write(this.#submitting, this.#vault))
    this.#submits = written.catch(() => undefined)
    return written
  }

  /** With what is known here of the entry that it is about. */
  async given(submission: Submission): Promise<Given> {
    const entry = entryOf(submission)
    const held = await this.#heldRevision(submission.customership, entry)
    const own = await this.#drawing.ownOf(submission.customership)
    return { submission, own: own.filter(({ operation }) => entryOf(operation) === entry), held }
  }

  /** As its author saw it, so of what was opened last; and without the shapes, which nobody waits for to begin a visit. */
  async #heldRevision(id: CustomershipId, entry: EntryId | null): Promise<number | null> {
    if (entry === null) return null
    const whole = this.#wholes.get(id) ?? (await this.#openWhole(id))
    const held = whole?.entries.find((one) => one.id === entry)
    return held && !('removed' in held) ? held.revision : null
  }

  async #showNewest(): Promise<void> {
    // While much is coming in, drawing each batch would only slow it down.
    if (this.progress) await this.#rest()
    const snapshot = this.#newest
    this.#newest = null
    // A lock in the middle ends the room, and with it whatever was being opened.
    if (snapshot && !this.#stopped) await this.#show(snapshot).catch(() => undefined)
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      this.#drawNow = resolve
      setTimeout(resolve, drawEveryMilliseconds)
    })
  }

  async #show(snapshot: Snapshot, mark?: TimeMark): Promise<void> {
    const drawn = await this.#drawing.draw(snapshot, mark)
    if (this.#stopped) return
    this.faces = drawn.faces
    this.outbox = drawn.outbox
    this.organisation = drawn.organisation
    this.freshAt = snapshot.freshAt
    const runs = drawn.faces.some((face) =>
      face.visits.some((visit) => visit.state === 'started' && visit.worker === this.user)
    )
    // A full disk costs the lock screen a button, and not the day its drawing.
    void this.#vault.tellVisit(runs).catch(() => undefined)
    for (const id of drawn.unreadable) await letFetchAnew(this.#vault.database, id)
    // What was delivered, by whoever, is ahead of what is held.
    if (isBehind(snapshot) || drawn.unreadable.length > 0) this.#pulls.soon()
    if (snapshot.outbox.some(mustSealAnew)) void this.#sealAnew()
  }

  /** What a full disk cannot take waits for the next drawing. */
  #sealAnew(): Promise<void> {
    return this.#submitting.sealAnew().catch(unlessFullDisk)
  }
}

/** A customership as it was sealed, and read once a screen shows it. */
interface Whole {
  readonly id: CustomershipId
  readonly revision: number
  readonly entries: readonly WireEntry[]
  parsed?: Entry[]
}

const mostOpen = 6
const drawEveryMilliseconds = 400
/** What is written one after another is drawn together: a thousand notes on their way are many commits. */
const lookEveryMilliseconds = 100
/** Once the day is drawn, and before anybody can have written a word. */
const prepareMilliseconds = 150
