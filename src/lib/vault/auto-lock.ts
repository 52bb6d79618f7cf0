/**
 * When an open vault closes by itself. Hidden for a while it is only blanked: a glance at another
 * app costs no passphrase, and shows nobody anything.
 */
export interface LockRules {
  readonly idleMinutes: number
  readonly idleMinutesDuringVisit: number
  readonly hiddenMilliseconds: number
  readonly hiddenMillisecondsDuringVisit: number
  readonly longestMilliseconds: number
  readonly jumpMilliseconds: number
}

export const lockRules: LockRules = {
  idleMinutes: 5,
  idleMinutesDuringVisit: 15,
  hiddenMilliseconds: 60_000,
  hiddenMillisecondsDuringVisit: 5 * 60_000,
  longestMilliseconds: 12 * 3_600_000,
  jumpMilliseconds: 60_000
}

/** What was measured: by the wall clock, and by a clock that nobody can set. */
export interface Watch {
  readonly openedAt: number
  readonly touchedAt: number
  readonly hiddenAt: number | null
  /** Wall clock minus steady clock, when the vault was opened. */
  readonly drift: number
}

export function mustLock(
  watch: Watch,
  at: { readonly wall: number; readonly steady: number; readonly visitRunning: boolean },
  rules: LockRules
): boolean {
  const idle = (at.visitRunning ? rules.idleMinutesDuringVisit : rules.idleMinutes) * 60_000
  const hidden = at.visitRunning ? rules.hiddenMillisecondsDuringVisit : rules.hiddenMilliseconds
  return (
    at.steady - watch.touchedAt >= idle ||
    (watch.hiddenAt !== null && at.steady - watch.hiddenAt > hidden) ||
    at.steady - watch.openedAt >= rules.longestMilliseconds ||
    Math.abs(at.wall - at.steady - watch.drift) > rules.jumpMilliseconds
  )
}

const touches = ['pointerdown', 'keydown', 'input', 'wheel', 'touchstart'] as const
/**
 * Before the platform takes its picture for the app switcher. Some WebKits tell a page that is put
 * aside only this. `blur` is not among them: whoever reads beside another window goes on reading.
 */
const leavings = ['pagehide', 'pageshow'] as const
const lookMilliseconds = 5000
const tellEveryMilliseconds = 1000

/** Watches the page while a vault is open; `stop` lets go of everything. */
export class AutoLock {
  #watch: Watch
  readonly #visitRunning: () => boolean
  readonly #rules: LockRules
  readonly #wall: () => number
  readonly #lock: () => void
  readonly #blank: (blank: boolean) => void
  readonly #timer: ReturnType<typeof setInterval>
  /** Tabs are one: whoever is touched or seen in one keeps all of them open. */
  readonly #tabs = new BroadcastChannel('kotikaynti-awake')
  #toldAt = 0

  constructor(o: {
    rules: LockRules
    wall: () => number
    visitRunning: () => boolean
    lock: () => void
    blank: (blank: boolean) => void
  }) {
    this.#rules = o.rules
    this.#wall = o.wall
    this.#visitRunning = o.visitRunning
    this.#lock = o.lock
    this.#blank = o.blank
    const steady = performance.now()
    this.#watch = {
      openedAt: steady,
      touchedAt: steady,
      hiddenAt: null,
      drift: o.wall() - steady
    }
    for (const name of touches)
      addEventListener(name, this.#touch, { passive: true, capture: true })
    document.addEventListener('visibilitychange', this.#turn)
    for (const name of leavings) addEventListener(name, this.#turn)
    this.#tabs.onmessage = (message: MessageEvent<boolean>) => this.#hear(message.data)
    this.#timer = setInterval(this.#look, lookMilliseconds)
  }

  stop(): void {
    for (const name of touches) removeEventListener(name, this.#touch, { capture: true })
    document.removeEventListener('visibilitychange', this.#turn)
    for (const name of leavings) removeEventListener(name, this.#turn)
    clearInterval(this.#timer)
    this.#tabs.close()
  }

  readonly #touch = (): void => {
    // A sleep that ended with this very touch must not pass for activity.
    this.#look()
    const touchedAt = performance.now()
    this.#watch = { ...this.#watch, touchedAt }
    if (touchedAt - this.#toldAt < tellEveryMilliseconds) return
    this.#toldAt = touchedAt
    this.#tabs.postMessage(true)
  }

  #hear(touched: boolean): void {
    const heardAt = performance.now()
    this.#watch = {
      ...this.#watch,
      ...(touched ? { touchedAt: heardAt } : {}),
      hiddenAt: this.#watch.hiddenAt === null ? null : heardAt
    }
  }

  readonly #turn = ({ type }: Event): void => {
    const hidden = document.visibilityState === 'hidden' || type === 'pagehide'
    // What is being locked stays covered: uncovered for the moment of sealing, it would be read.
    if (this.#look()) return
    this.#watch = { ...this.#watch, hiddenAt: hidden ? performance.now() : null }
    this.#blank(hidden)
  }

  readonly #look = (): boolean => {
    const at = {
      wall: this.#wall(),
      steady: performance.now(),
      visitRunning: this.#visitRunning()
    }
    const due = mustLock(this.#watch, at, this.#rules)
    if (due) this.#lock()
    else if (this.#watch.hiddenAt === null) this.#tabs.postMessage(false)
    return due
  }
}
