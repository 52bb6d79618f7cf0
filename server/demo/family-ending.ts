import { emptyRecord, unconfirmedDays, type ClosingRecord } from '#contract/closing.ts'
import { addDays, instantOf, toMoment, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { Family } from './family.ts'
import { Seeded } from './seeded.ts'
import { coordinator } from './staff.ts'

export interface Ending {
  readonly endDay: Day
  readonly deleteBy: Day
}

const deleteAfterDays = 60

/** Three families have ended: one whose deadline is tomorrow, one that may go now, and one whose organiser is silent. */
export function endingOf(family: Family, today: Day): Ending | null {
  const ended = (endDay: Day) => ({ endDay, deleteBy: addDays(endDay, deleteAfterDays) })
  if (family.case === 'deletion-tomorrow') return ended(addDays(today, 1 - deleteAfterDays))
  if (family.case === 'ready-to-delete') return ended(addDays(today, -6))
  if (family.case === 'unconfirmed') return ended(addDays(today, -5 - deleteAfterDays))
  return null
}

/** What the office has settled of the ending so far. */
export function closingRecordOf(
  family: Family,
  entries: readonly Entry[],
  today: Day
): ClosingRecord {
  const on = (ago: number) => ({
    by: coordinator.id,
    at: toMoment(instantOf(addDays(today, -ago), 10))
  })
  if (family.case === 'unconfirmed') return { ...emptyRecord, holds: [silence(family, today)] }
  const receipt = {
    ...on(2),
    from: 'Arkistonhoitaja, kirjaamo',
    receivedOn: addDays(today, -2),
    how: 'Kuittaus tilaajan turvapostilla'
  }
  if (family.case === 'deletion-tomorrow') return { ...emptyRecord, receipt }
  return {
    ...emptyRecord,
    receipt,
    ticks: [
      { ...on(5), item: 'last-summary', how: 'Tilaajan turvapostilla' },
      { ...on(4), item: 'portal-events', how: 'Kaikki tapahtumat hyväksytty portaalissa' }
    ],
    documents: entriesOf(entries, 'document').map(({ id }) => ({
      ...on(3),
      document: id,
      fate: 'returned',
      how: 'Luovutuspaketissa'
    }))
  }
}

function silence(family: Family, today: Day): ClosingRecord['holds'][number] {
  const since = addDays(today, -5)
  const until = addDays(since, unconfirmedDays)
  return {
    id: new Seeded('hold', family.index).entryId(instantOf(since, 3)),
    ground: 'unconfirmed-hand-over',
    words: 'unconfirmed-hand-over',
    by: null,
    at: toMoment(instantOf(since, 3)),
    reviewBy: until,
    until,
    reviews: [],
    renewals: [],
    asides: []
  }
}

/** Nobody has practised on it yet, so a new day may move it along. */
export function isUntouched({ receipt, holds, ticks }: ClosingRecord): boolean {
  if (ticks.length > 0) return false
  return holds.every(({ renewals, asides, ended }) => {
    return renewals.length === 0 && asides.length === 0 && !ended && !receipt
  })
}
