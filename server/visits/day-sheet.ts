import {
  isOnSheet,
  sheetVisit,
  type DaySheetRequest,
  type SheetVisit
} from '#contract/day-sheet.ts'
import type { Entry } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Placed } from '#server/store/across.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'

/** A worker's day for paper, in the order of the day; only what `user` may open. */
export async function readDaySheet(
  store: Store,
  user: SignedIn,
  { worker, day }: DaySheetRequest,
  now: number
): Promise<SheetVisit[]> {
  const planned = (await store.across.visits({ from: day, until: day, worker })).filter(
    ({ data }) => isOnSheet(data)
  )
  const visits = Map.groupBy(planned, ({ customership }) => customership)
  const sheets = await store.register.readEach([...visits.keys()], (reader) =>
    readFamily(reader, user, visits.get(reader.facts.id) ?? [], now)
  )
  return [...sheets.values()]
    .flat()
    .sort((one, other) => (one.plannedStart ?? '').localeCompare(other.plannedStart ?? ''))
}

async function readFamily(
  reader: CustomershipReader,
  user: SignedIn,
  visits: readonly Placed<'visit'>[],
  now: number
): Promise<SheetVisit[]> {
  const customership: CustomershipId = reader.facts.id
  const at = { now, aheadDays: 0, where: 'office' } as const
  const granted = access(user, { facts: reader.facts, assignments: [] }, at)
  if (!granted) return []
  const whole: Entry[] = [...(await reader.ofKind('profile')), ...(await reader.ofKind('contact'))]
  const shown = whole.flatMap((entry) => throughView(granted.view, entry) ?? [])
  return visits.flatMap((visit) => sheetVisit({ ...visit, customership }, shown) ?? [])
}
