import { addDays, dayAt, instantOf, toMilliseconds, type Day } from '#contract/day.ts'
import { startOf } from '#contract/counted-visit.ts'
import type { Entry } from '#contract/entry.ts'
import type { UnfinishedNotes } from '#contract/office.ts'
import { isWantedOf } from '#contract/visit-around.ts'
import type { Wish } from '#contract/wish.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Clock } from '#server/clock.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Kept } from '#server/store/kept.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'

/** As long as a portal still takes what a visit gives. */
const longestDays = 60

type Line = UnfinishedNotes['drafts'][number]

/** A visit, and what of it its worker can be asked for, or was. */
interface Left {
  readonly visit: Entry<'visit'>
  readonly wish: Wish | null
  readonly request: Line['request']
}

interface Unfinished {
  readonly facts: CustomershipFacts
  readonly profile: Entry<'profile'> | null
  readonly drafts: readonly Left[]
  readonly without: readonly Left[]
}

interface Basis {
  readonly stamp: string
  readonly today: Day
}

/** Of each customership that has any, what the days before this one have left to write; told anew when it changes. */
export function watchUnfinished({
  store,
  clock
}: {
  store: Store
  clock: Clock
}): Kept<Unfinished, Basis> {
  return store.register.keep({
    basis(): Promise<Basis> {
      const today = dayAt(clock.now())
      return Promise.resolve({ stamp: today, today })
    },
    read: readCustomership
  })
}

/** What is closed takes no note any more; what was cancelled needs none. */
async function readCustomership(
  reader: CustomershipReader,
  { today }: Basis
): Promise<Unfinished | null> {
  const { facts } = reader
  const isOpen = facts.state === 'active' || facts.state === 'ending'
  const span = { fromDay: addDays(today, -longestDays), untilDay: addDays(today, -1) }
  const visits = isOpen ? await reader.ofKind('visit', span) : []
  // A note is never older than its visit, and half a year of them need not be opened for two months.
  const since = instantOf(span.fromDay)
  const notes = visits.length > 0 ? await reader.ofKind('note', { since }) : []
  const open = notes.filter(({ data }) => !data.mergedInto && !data.amends)
  const states = new Map(visits.map(({ id }) => [id, new Set<string>()]))
  for (const { data } of open) states.get(data.visit)?.add(data.state)
  const drafts = visits.filter(({ id }) => {
    const known = states.get(id)
    return known?.has('draft') === true && !known.has('signed')
  })
  const without = visits.filter(
    ({ id, data }) =>
      states.get(id)?.size === 0 &&
      data.forkOf === undefined &&
      (data.state === 'completed' || data.state === 'started' || data.state === 'planned')
  )
  if (drafts.length + without.length === 0) return null
  const [profile = null] = await reader.ofKind('profile')
  const requests = await reader.ofKind('completion-request')
  const beside = { visits, notes: notes.map(({ data }) => data) }
  const leftOf = (visit: Entry<'visit'>): Left => {
    const wish = (['ending', 'note'] as const).find((one) =>
      isWantedOf(one, visit, visit.data.worker, beside)
    )
    const found = requests.find(
      ({ data }) =>
        data.visit === visit.id && data.wish === wish && data.worker === visit.data.worker
    )
    const word = found?.data.word
    const request = found
      ? { request: found.id, by: found.by, at: found.at, ...(word === undefined ? {} : { word }) }
      : null
    return { visit, wish: wish ?? null, request }
  }
  return { facts, profile, drafts: drafts.map(leftOf), without: without.map(leftOf) }
}

/** As the view shows it to whoever asks; the oldest first. */
export async function readUnfinished(
  watching: Kept<Unfinished, Basis>,
  user: SignedIn,
  now: number
): Promise<UnfinishedNotes> {
  const drafts: Line[] = []
  const without: Line[] = []
  const at = { now, aheadDays: 0, where: 'office' } as const
  for (const one of (await watching.values()).values()) {
    const granted = access(user, { facts: one.facts, assignments: [] }, at)
    if (!granted || granted.view.kinds.note !== 'all') continue
    const profile = one.profile && throughView(granted.view, one.profile)
    const data = profile?.kind === 'profile' ? profile.data : null
    const lineOf = ({ visit, wish, request }: Left): Line[] => {
      const shown = throughView(granted.view, visit)
      const visitStart = shown?.kind === 'visit' ? startOf(shown.data) : undefined
      if (shown?.kind !== 'visit' || visitStart === undefined) return []
      return [
        {
          customership: one.facts.id,
          firstName: data?.firstName.value ?? '',
          lastName: data?.lastName.value ?? '',
          visit: visit.id,
          visitStart,
          state: shown.data.state,
          worker: shown.data.worker,
          wish,
          request
        }
      ]
    }
    drafts.push(...one.drafts.flatMap(lineOf))
    without.push(...one.without.flatMap(lineOf))
  }
  const byTime = (a: Line, b: Line) => toMilliseconds(a.visitStart) - toMilliseconds(b.visitStart)
  return { drafts: drafts.sort(byTime), without: without.sort(byTime) }
}
