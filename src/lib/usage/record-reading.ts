import { toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { UsageEvent } from '#contract/usage.ts'
import { now } from '#lib/device/clock.ts'
import type { Submission } from '#lib/sync/submit.ts'

interface Reporter {
  readonly looks: Map<string, number>
  submit(submission: Submission): Promise<unknown>
}

/** Looking again within this time is still one look, as at the office. */
const lookMilliseconds = 15 * 60_000
/** What one report may hold. */
const mostEvents = 500

/**
 * §12: what is read on this tablet is told to the register, offline too. It is on the disk, sealed,
 * like every word that is written here; what one glance brings up is one report.
 */
export function recordReading(
  replica: Reporter,
  kind: UsageEvent['kind'],
  ...customerships: readonly CustomershipId[]
): void {
  const at = now()
  const name = (customership: CustomershipId): string => `${kind} ${customership}`
  const fresh = customerships.filter((customership) => {
    const since = at - (replica.looks.get(name(customership)) ?? -Infinity)
    // A clock that was set back must not hide what is read.
    return since < 0 || since >= lookMilliseconds
  })
  for (const customership of fresh) replica.looks.set(name(customership), at)
  for (let start = 0; start < fresh.length; start += mostEvents) {
    const part = fresh.slice(start, start + mostEvents)
    void report(replica, kind, part, at).catch(() => {
      // A full disk, or a lock in the middle: the next look tells it.
      for (const customership of part) replica.looks.delete(name(customership))
    })
  }
}

async function report(
  replica: Reporter,
  kind: UsageEvent['kind'],
  customerships: readonly CustomershipId[],
  at: number
): Promise<void> {
  const [customership] = customerships
  if (!customership) return
  const events = customerships.map((read) => ({
    customership: read,
    kind,
    purpose: 'carrying-out' as const,
    at: toMoment(at)
  }))
  await replica.submit({ op: 'usage.report', customership, based: null, body: { events } })
}
