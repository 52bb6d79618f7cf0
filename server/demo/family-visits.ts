import { toMoment, type Day } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import type { Visit } from '#contract/visit.ts'
import { slotsOf, type Slot } from './calendar.ts'
import type { DecisionEntry } from './family-decisions.ts'
import type { Family } from './family.ts'
import { noteFields } from './note-fields.ts'
import { Seeded } from './seeded.ts'

interface HeldVisit {
  readonly slot: Slot
  /** When it came to the register. */
  readonly at: number
  readonly visit: { id: EntryId; data: Visit }
  readonly note: { id: EntryId; data: Note } | null
}

const minute = 60_000

const cancellations = [
  { state: 'cancelled-in-time', reason: 'Lapset sairaana, perhe perui edellisenä päivänä.' },
  { state: 'cancelled-late', reason: 'Perhe perui tuntia ennen käyntiä.' },
  { state: 'not-at-home', reason: 'Kukaan ei avannut, puhelimeen ei vastattu.' },
  { state: 'cancelled-by-provider', reason: 'Työntekijä sairastui, sijaista ei saatu.' }
] as const

function visitAt(
  family: Family,
  slot: Slot,
  decision: EntryId,
  isPast: boolean,
  shown: 'concern' | 'unwritten' | null
): HeldVisit {
  const seeded = new Seeded('visit', family.index, slot.day)
  const id = seeded.entryId(slot.start)
  const plan = {
    decision,
    product: family.product,
    worker: family.worker.id,
    plannedStart: toMoment(slot.start),
    plannedEnd: toMoment(slot.end)
  }
  const plannedAt = slot.start - 9 * 24 * 60 * minute
  if (!isPast)
    return { slot, at: plannedAt, visit: { id, data: { ...plan, state: 'planned' } }, note: null }

  // Siblings are at home together or not at all, and what was held began and ended for both at once.
  const held = family.split ? new Seeded('together', family.kin, slot.day) : seeded
  if (held.isWithin(6) && shown === null) {
    const data = { ...plan, ...held.pick(cancellations) }
    return { slot, at: slot.start, visit: { id, data }, note: null }
  }
  const startedAt = slot.start + held.between(-4, 9) * minute
  const endedAt = slot.end + held.between(-9, 8) * minute
  const at = endedAt + seeded.between(4, 40) * minute
  const data: Visit = {
    ...plan,
    state: 'completed',
    startedAt: toMoment(startedAt),
    endedAt: toMoment(endedAt),
    kilometres: seeded.between(2, 18),
    ...(family.split ? { split: family.split } : {})
  }
  // The office asks for it.
  if (shown === 'unwritten') return { slot, at, visit: { id, data }, note: null }
  const note: Note = {
    visit: id,
    template: family.product,
    templateVersion: 1,
    fields: noteFields(family, { startedAt, endedAt }, seeded, shown === 'concern'),
    state: 'signed',
    author: family.worker.id,
    writtenAt: toMoment(at),
    signedAt: toMoment(at)
  }
  return { slot, at, visit: { id, data }, note: { id: seeded.entryId(at), data: note } }
}

const shownAtLast = ({ case: shown }: Family): 'concern' | 'unwritten' | null =>
  shown === 'concern' || shown === 'unwritten' ? shown : null

/** What was held until yesterday, with its signed notes, and what is planned from today on. */
export function visitsOf(
  family: Family,
  decisions: readonly DecisionEntry[],
  first: Day,
  last: Day | null,
  today: Day
): HeldVisit[] {
  const slots = slotsOf(family, first, last, today)
  const latest = slots.findLast(({ day }) => day < today)
  return slots.flatMap((slot) => {
    const decision = decisions.find(
      ({ data }) => data.from <= slot.day && slot.day <= data.until
    )
    if (!decision) return []
    const shown = slot === latest ? shownAtLast(family) : null
    return visitAt(family, slot, decision.id, slot.day < today, shown)
  })
}
