import type { Entry } from './entry.ts'
import type { EntryId, UserId } from './id.ts'
import { isWanting, type VisitAround, type Wanting, type Wish } from './wish.ts'

/** What is held of a customership's visits and notes, as far as it tells what is wanting in one of them. */
export interface VisitsAndNotes {
  readonly visits: readonly { readonly id: EntryId; readonly data: Entry<'visit'>['data'] }[]
  readonly notes: readonly Entry<'note'>['data'][]
}

/** One visit as it is to `worker`: the note that they are to write, and the visits beside it. */
export function visitAround(
  visit: VisitsAndNotes['visits'][number],
  worker: UserId,
  { visits, notes }: VisitsAndNotes
): VisitAround {
  const authors = draftAuthors(visit.id, notes)
  const isBare = worker === visit.data.worker && openNotes(visit.id, notes).length === 0
  return {
    visit: wantingOf(visit.data),
    isUnwritten: isBare || authors.includes(worker),
    others: visits.flatMap(({ id, data }) =>
      id === visit.id || data.forkOf ? [] : [wantingOf(data)]
    )
  }
}

/** Who has begun a note of the visit and not signed it. */
export const draftAuthors = (visit: EntryId, notes: VisitsAndNotes['notes']): UserId[] => [
  ...new Set(
    openNotes(visit, notes).flatMap(({ state, author }) => (state === 'draft' ? [author] : []))
  )
]

/** What was merged away is open no more, and what amends a note stands with it. */
const openNotes = (visit: EntryId, notes: VisitsAndNotes['notes']) =>
  notes.filter((note) => note.visit === visit && !note.mergedInto && !note.amends)

const wantingOf = ({ reason, ...visit }: Entry<'visit'>['data']): Wanting => ({
  ...visit,
  isExplained: reason !== undefined
})

/** Whether it is `worker` who can still do something about it: whose visit it is, or who began its note. */
export const isWantedOf = (
  wish: Wish,
  visit: VisitsAndNotes['visits'][number],
  worker: UserId,
  beside: VisitsAndNotes
): boolean =>
  (wish === 'note' || worker === visit.data.worker) &&
  isWanting(wish, visitAround(visit, worker, beside))
