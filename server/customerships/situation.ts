import { dayAt, toMoment } from '#contract/day.ts'
import type { Situation } from '#contract/office.ts'
import type { View } from '#contract/view.ts'
import { access } from '#server/access/access.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Clock } from '#server/clock.ts'
import type { Kept } from '#server/store/kept.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'
import {
  lineKinds,
  lineNames,
  linesOf,
  noLines,
  readWatched,
  type Lines,
  type WatchBasis
} from './situation-lines.ts'

const silentMilliseconds = 2 * 86_400_000

interface Watch {
  readonly facts: CustomershipFacts
  readonly lines: Partial<Lines>
}

/** The lines of each customership that has any, told anew when it changes, when the day does, or the settings. */
export type Watching = Kept<Watch, WatchBasis>

export function watchSituation({ store, clock }: { store: Store; clock: Clock }): Watching {
  return store.register.keep({
    async basis() {
      const { revision, organisation } = await requireOrganisation(store)
      const now = clock.now()
      const today = dayAt(now)
      return { stamp: `${today} ${revision}`, now, today, organisation }
    },
    async read(reader, basis) {
      const lines = linesOf(await readWatched(reader, basis), basis)
      return lines && { facts: reader.facts, lines }
    }
  })
}

const shows = (view: View, name: keyof Lines): boolean =>
  lineKinds[name].of.every((kind) => view.kinds[kind] === 'all')

async function readLines(watching: Watching, user: SignedIn, now: number): Promise<Lines> {
  const found = noLines()
  const at = { now, aheadDays: 0, where: 'office' } as const
  for (const { facts, lines } of (await watching.values()).values()) {
    const granted = access(user, { facts, assignments: [] }, at)
    if (!granted) continue
    for (const name of lineNames)
      if (shows(granted.view, name)) (found[name] as unknown[]).push(...(lines[name] ?? []))
  }
  found.concerns.sort((a, b) => b.at.localeCompare(a.at))
  found.warnings.sort((a, b) => a.day.localeCompare(b.day))
  found.endings.sort((a, b) => a.deleteBy.localeCompare(b.deleteBy))
  return found
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

/** How many lines of a kind there are, whoever may open them: a count tells of nobody. */
export async function countLines(watching: Watching, name: keyof Lines): Promise<number> {
  let count = 0
  for (const { lines } of (await watching.values()).values()) count += lines[name]?.length ?? 0
  return count
}

/** GDPR Art. 33: an incident stands until it is closed, and its clock until the authority is settled. */
async function readIncidents(store: Store): Promise<Situation['incidents']> {
  return (await store.incidents.open()).map(({ id, kind, noticedAt, authorityAt }) => ({
    ...{ id, kind },
    noticedAt: toMoment(noticedAt),
    authorityAt: authorityAt === null ? null : toMoment(authorityAt)
  }))
}

/** Counted by plain columns: no customership is opened for it. */
async function readToday(store: Store, now: number): Promise<Situation['today']> {
  const counts = await store.register.visitStatesOn(dayAt(now))
  const count = (state: string) => counts.get(state) ?? 0
  return { planned: count('planned'), started: count('started'), done: count('completed') }
}

/** What needs a person now. */
export async function readSituation(
  store: Store,
  watching: Watching,
  user: SignedIn,
  now: number
): Promise<Omit<Situation, 'transfers' | 'requests' | 'prints' | 'reviewOverdueSince'>> {
  const lines = await readLines(watching, user, now)
  return {
    ...lines,
    warnings: lines.warnings.filter(({ to }) => to.includes(user.id)),
    today: await readToday(store, now),
    awaiting: await store.operations.heldCount(),
    incidents: await readIncidents(store),
    untold: await store.notices.untold(),
    ...(await readDevices(store, now))
  }
}
