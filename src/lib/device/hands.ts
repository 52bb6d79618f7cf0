/** Between two words, or two ticks. */
const writingMilliseconds = 500
/** Between a finger and the frame that answers it. */
const pressMilliseconds = 120
/** Somebody who never pauses sees it all the same. */
const longestMilliseconds = 5000

/** Who types, ticks or presses just now: what nobody waits for is drawn in between, and not under their hands. */
export class Hands {
  readonly #now: () => number
  #busyUntil = 0
  #lifted = Promise.withResolvers<undefined>()

  constructor(where: EventTarget, now: () => number = () => performance.now()) {
    this.#now = now
    const hear = (milliseconds: number) => () => {
      this.#busyUntil = Math.max(this.#busyUntil, this.#now() + milliseconds)
    }
    const heard = { capture: true, passive: true }
    where.addEventListener('input', hear(writingMilliseconds), heard)
    for (const press of ['keydown', 'pointerdown', 'pointerup'])
      where.addEventListener(press, hear(pressMilliseconds), heard)
  }

  /** There is another screen under them: whatever they did, they are on nothing of it yet. */
  lift(): void {
    this.#busyUntil = 0
    this.#lifted.resolve(undefined)
    this.#lifted = Promise.withResolvers()
  }

  /** Once they rest. */
  async rest(): Promise<void> {
    const longest = this.#now() + longestMilliseconds
    for (;;) {
      const now = this.#now()
      const wait = Math.min(this.#busyUntil, longest) - now
      if (wait <= 0) return
      const resting = new Promise((resolve) => setTimeout(resolve, wait))
      await Promise.race([resting, this.#lifted.promise])
    }
  }
}

/** Of this page. */
export const hands = typeof document === 'undefined' ? null : new Hands(document)
