import { addDays, dayAt, toMoment, type Day } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { EndingParts } from './delete-customership.ts'
import { resumedDay, standardLapseDays } from './lapse.ts'
import { lapseDayOf } from './plan-lapse.ts'
import { peopleToWarn, warningsDue } from './warnings.ts'

/** A lapse is warned of two weeks ahead, a deletion too: nothing is read that is further away. */
const aheadDays = 15

/** The day after which it lapses; null when it ends already, or has no decision at all. */
export async function lapsesOn(reader: CustomershipReader, lapseDays: number): Promise<Day | null> {
  if (reader.facts.state !== 'active') return null
  const lastDay = (await reader.ofKind('decision')).reduce<Day | null>(
    (last, { data }) => (last === null || data.until > last ? data.until : last),
    null
  )
  const resumed = resumedDay(await reader.closingRecord())
  return lastDay && lapseDayOf(lastDay, lapseDays, resumed)
}

/** §7: writes down whom to warn of what, so that it is shown to them and it is known that they were told. */
export async function warn(parts: EndingParts): Promise<void> {
  const { organisation } = await parts.store.organisation.read()
  if (!organisation) return
  for (const id of await nearIds(parts, organisation.policy.lapseDays ?? standardLapseDays))
    await warnOf(parts, id)
}

async function nearIds(
  { store, clock }: EndingParts,
  lapseDays: number
): Promise<CustomershipId[]> {
  const last = addDays(dayAt(clock.now()), aheadDays)
  const lapsing = await store.register.lastDecisionDays({ until: addDays(last, -lapseDays) })
  const planned = (await store.register.list({ isDated: true })).flatMap(({ id, deleteBy }) =>
    deleteBy === null ? [] : { id, deleteBy }
  )
  const isPlanned = new Set(planned.map(({ id }) => id))
  return [
    ...planned.filter(({ deleteBy }) => deleteBy <= last).map(({ id }) => id),
    ...[...lapsing.keys()].filter((id) => !isPlanned.has(id))
  ]
}

async function warnOf({ store, clock }: EndingParts, id: CustomershipId): Promise<void> {
  const at = toMoment(clock.now())
  const today = dayAt(clock.now())
  const { organisation } = await store.organisation.read()
  if (!organisation) return
  const { policy } = organisation
  const due = await store.register.read(id, async (reader) =>
    warningsDue(
      reader.facts,
      await reader.closingRecord(),
      await lapsesOn(reader, policy.lapseDays ?? standardLapseDays),
      today
    )
  )
  if (!due || due.length === 0) return
  const users = await store.users.list()
  await store.register.transact((tx) =>
    tx.change(
      id,
      async (change) => {
        const assigned: UserId[] = (await change.assignments()).map(({ worker }) => worker)
        const to = peopleToWarn(users, policy.warned ?? [], assigned)
        const record = await change.closingRecord()
        const told = due.map((one) => ({ ...one, at, to, seen: [] }))
        await change.writeClosingRecord({ ...record, warnings: [...record.warnings, ...told] })
      },
      { alsoClosed: true, alsoRestricted: true }
    )
  )
}
