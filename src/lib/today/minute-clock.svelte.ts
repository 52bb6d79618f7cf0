import { dayAt, type Day } from '#contract/day.ts'
import { now } from '#lib/device/clock.ts'

const tickMilliseconds = 15_000

/** The time as a screen shows it: it moves on by itself, and is right again when the screen comes back. */
export class MinuteClock {
  now: number = $state(now())
  readonly today: Day = $derived(dayAt(this.now))

  start(): () => void {
    const tick = () => (this.now = now())
    tick()
    const timer = setInterval(tick, tickMilliseconds)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }
}
