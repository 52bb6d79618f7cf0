import { addDays, dayAt, toMoment, toMilliseconds } from '#contract/day.ts'
import { isValidOn } from '#contract/decision.ts'
import { hoursOf } from '#contract/hours.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { Situation } from '#contract/office.ts'
import type { Organisation } from '#contract/organisation.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { CustomershipFacts } from '#server/store/register.ts'
import type { Store } from '#server/store/store.ts'

const concernDays = 14
const expiryDays = 30
const silentMilliseconds = 2 * 86_400_000

type Found = Pick<Situation, 'concerns' | 'endings' | 'overruns' | 'expiring' | 'today'>

/** What one customership adds to Tilanne. */
export function addConcerns(
  found: Found,
  facts: CustomershipFacts,
  entries: readonly Entry[],
  { templates }: Pick<Organisation, 'templates'>,
  now: number
): void {
  const customership = facts.id
  const today = dayAt(now)
  const [profile] = entriesOf(entries, 'profile')
  const name = profile ? `${profile.data.firstName.value} ${profile.data.lastName.value}` : ''
  const visits = entriesOf(entries, 'visit').map(({ data }) => data)

  for (const { id, at, data } of entriesOf(entries, 'note')) {
    const template = templates.find(({ id }) => id === data.template)
    const isAlert = template?.fields.some((field) => field.alert && data.fields[field.id] === true)
    if (isAlert && dayAt(toMilliseconds(at)) >= addDays(today, -concernDays))
      found.concerns.push({ customership, name, note: id, at })
  }
  for (const { id, data } of entriesOf(entries, 'decision')) {
    if (!isValidOn(data, today)) continue
    const { leftMinutes } = hoursOf(id, data, visits, now)
    if (leftMinutes < 0) found.overruns.push({ customership, name, overMinutes: -leftMinutes })
    const isEnding = data.until <= addDays(today, expiryDays) && facts.endDay === null
    if (isEnding) found.expiring.push({ customership, name, until: data.until })
  }
  if (facts.endDay && facts.deleteBy)
    found.endings.push({ customership, name, endDay: facts.endDay, deleteBy: facts.deleteBy })
  for (const { state, startedAt, plannedStart } of visits) {
    const at = startedAt ?? plannedStart
    if (!at || dayAt(toMilliseconds(at)) !== today) continue
    if (state === 'planned') found.today.planned += 1
    if (state === 'started') found.today.started += 1
    if (state === 'completed') found.today.done += 1
  }
}

async function readDevices(
  store: Store,
  now: number
): Promise<Pick<Situation, 'silentDevices' | 'missing'>> {
  const silentDevices: Situation['silentDevices'] = []
  const missing: Situation['missing'] = []
  const counts = await store.holdings.counts()
  const users = await store.users.list()
  for (const { id, name, user, lastContactAt, wipedAt } of await store.devices.list()) {
    const userName = users.find((one) => one.id === user)?.displayName ?? ''
    const holds = counts.get(id) ?? 0
    const isSilent = (lastContactAt ?? 0) < now - silentMilliseconds
    if (isSilent && holds > 0 && wipedAt === null) {
      const lastAt = lastContactAt === null ? null : toMoment(lastContactAt)
      silentDevices.push({ name, userName, lastContactAt: lastAt, holds })
    }
    const { length } = await store.devices.missing(id)
    if (length > 0) missing.push({ deviceName: name, userName, count: length })
  }
  return { silentDevices, missing }
}

/** What needs a person now. */
export async function readSituation(
  store: Store,
  user: SignedIn,
  organisation: Organisation,
  now: number
): Promise<Situation> {
  const found: Found = {
    concerns: [],
    endings: [],
    overruns: [],
    expiring: [],
    today: { planned: 0, started: 0, done: 0 }
  }
  for (const { id } of await store.register.list())
    await store.register.read(id, async (reader) => {
      const { facts } = reader
      const at = { now, aheadDays: 0, where: 'office' } as const
      const granted = access(user, { facts, assignments: await reader.assignments() }, at)
      if (!granted) return
      const kinds = ['profile', 'decision', 'visit', 'note'] as const
      const entries = await reader.entries({ kinds })
      const seen = entries.flatMap((entry) => throughView(granted.view, entry) ?? [])
      addConcerns(found, facts, seen, organisation, now)
    })
  found.concerns.sort((a, b) => b.at.localeCompare(a.at))
  found.endings.sort((a, b) => a.deleteBy.localeCompare(b.deleteBy))
  return {
    ...found,
    awaiting: await store.operations.heldCount(),
    ...(await readDevices(store, now))
  }
}
