import { isRecorded } from '#contract/event-state.ts'
import { stateOfLine } from '#contract/ledger.ts'
import type { TransferLine } from '#contract/transfers.ts'
import { besideIn, keyingQueue, placeIn } from './keying.ts'

/** What became of a line while somebody typed it: noted by another, no more to be told, put right, or a draft by another. */
export type Stray = 'noted' | 'gone' | 'corrected' | 'begun'

/** What this desk noted last: enough to know it again, and to see that nobody has moved it on. */
export interface Tick {
  readonly visit: string
  readonly event: string
  readonly to: 'recorded' | 'draft'
  /** How many steps the event has with this one. */
  readonly steps: number
}

/**
 * The line that is being typed, as it was when it came up. What a colleague does meanwhile changes nothing
 * under the typist's hands: it is told, and nothing is noted of the line until the person moves on.
 */
export class KeyingHand {
  shown = $state.raw<TransferLine | null>(null)
  last = $state.raw<Tick | null>(null)
  readonly #lines: () => readonly TransferLine[]

  constructor(lines: () => readonly TransferLine[]) {
    this.#lines = lines
  }

  get queue(): readonly TransferLine[] {
    return keyingQueue(this.#lines())
  }

  get place() {
    return this.shown && placeIn(this.queue, this.shown.visit)
  }

  get stray(): Stray | null {
    const { shown } = this
    if (!shown) return null
    const now = this.#lines().find(({ visit }) => visit === shown.visit)
    if (now && isRecorded(stateOfLine(now))) return 'noted'
    if (!now || !this.queue.includes(now)) return 'gone'
    if (now.fingerprint !== shown.fingerprint) return 'corrected'
    const isSame = now.event?.id === shown.event?.id && stateOfLine(now) === stateOfLine(shown)
    return isSame ? null : 'begun'
  }

  /** What was noted last, as it stands now; null once anybody has moved it on or taken it back. */
  get undoable(): TransferLine | null {
    const { last } = this
    const now = this.#lines().find(({ visit }) => visit === last?.visit)
    if (!last || now?.event?.id !== last.event || stateOfLine(now) !== last.to) return null
    return now.event.data.history.length === last.steps ? now : null
  }

  /** The first that is to be typed comes up where nothing lies before anybody. */
  begin(): void {
    this.shown ??= this.queue[0] ?? null
  }

  /** Also away from what has strayed, and to its new words if nothing else is left. */
  go(step: 1 | -1): void {
    this.shown = this.shown && besideIn(this.#lines(), this.shown.visit, step)
    this.begin()
  }

  goTo(visit: string): void {
    this.shown = this.queue.find((one) => one.visit === visit) ?? null
    this.begin()
  }

  /** This desk has noted what it showed. */
  noted(tick: Tick): void {
    this.last = tick
    this.go(1)
  }

  /** So is what it noted last: it lies before the typist again. */
  takenBack(visit: string): void {
    this.last = null
    this.goTo(visit)
  }
}
