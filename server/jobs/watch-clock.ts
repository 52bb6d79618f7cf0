import type { Clock } from '#server/clock.ts'
import type { Log } from '#server/log.ts'
import { readClockFact, writeClockFact } from '#server/store/clock-fact.ts'
import type { Store } from '#server/store/store.ts'
import { judgeClock, type ClockState } from './judge-clock.ts'

/** Looks at the clock, and keeps what it saw. In the log it says whenever what cannot be undone has to wait. */
export async function watchClock({
  store,
  clock,
  log
}: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
}): Promise<ClockState> {
  const { register } = store.files
  const known = await readClockFact(register)
  const now = clock.now()
  const { state, fact } = judgeClock(known, now)
  await writeClockFact(register, fact)
  if (state !== 'right')
    log.write('clock-doubted', {
      state,
      hours: Math.round(Math.abs(now - (fact.beforeLeap ?? fact.seenAt)) / 3_600_000)
    })
  return state
}
