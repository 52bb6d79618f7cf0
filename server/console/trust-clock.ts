import { toMoment } from '#contract/day.ts'
import type { Clock } from '#server/clock.ts'
import { writeClockFact } from '#server/store/clock-fact.ts'
import type { Store } from '#server/store/store.ts'
import { writeDown } from './with-store.ts'

/** The operator has looked at the clock: whatever waited for that goes on at the next start. */
export async function trustClock({
  store,
  clock
}: {
  readonly store: Store
  readonly clock: Clock
}): Promise<string> {
  const now = clock.now()
  await store.register.transact(async () => {
    await writeDown(store, clock, 'console/clock')
    await writeClockFact(store.files.register, { seenAt: now, leaptAt: null, beforeLeap: null })
  })
  return `The clock is believed: it is ${toMoment(now)}. Start the server: what is due is done.`
}
