import { dayAt, minutesBetween, toMilliseconds, type Day, type Moment } from '#contract/day.ts'
import type { Assignment } from '#contract/assignment.ts'
import type { CompletionRequest } from '#contract/completion-request.ts'
import type { Decision } from '#contract/decision.ts'
import type { StoredKind } from '#contract/entry-kind.ts'
import type { StoredData } from '#contract/office-entry.ts'
import type { Note } from '#contract/note.ts'
import type { Document } from '#contract/document.ts'
import type { ServiceEvent } from '#contract/service-event.ts'
import type { Suggestion } from '#contract/suggestion.ts'
import type { Summary } from '#contract/summary.ts'
import type { Visit } from '#contract/visit.ts'
import { stateOf } from '#contract/event-state.ts'
import type { EntryTable } from './tables.ts'

type Plain = Pick<
  EntryTable,
  'worker' | 'day' | 'fromDay' | 'untilDay' | 'minutes' | 'product' | 'state' | 'tasks'
>

export const nothingPlain: Plain = {
  worker: null,
  day: null,
  fromDay: null,
  untilDay: null,
  minutes: null,
  product: null,
  state: null,
  tasks: null
}

function ofVisit(visit: Visit): Plain {
  const { startedAt, endedAt, plannedStart } = visit
  const at: Moment | undefined = startedAt ?? plannedStart
  return {
    ...nothingPlain,
    worker: visit.worker,
    day: at === undefined ? null : dayAt(toMilliseconds(at)),
    minutes: startedAt && endedAt ? minutesBetween(startedAt, endedAt) : null,
    product: visit.product,
    state: visit.state
  }
}

const writers: { [K in StoredKind]: (data: StoredData<K>) => Plain } = {
  profile: () => nothingPlain,
  contact: () => nothingPlain,
  decision: (decision: Decision) => ({
    ...nothingPlain,
    fromDay: decision.from,
    untilDay: decision.until,
    minutes: decision.grantedMinutes,
    product: decision.product,
    state: decision.grantedPer
  }),
  assignment: (assignment: Assignment) => ({
    ...nothingPlain,
    worker: assignment.worker,
    fromDay: assignment.from,
    untilDay: assignment.until ?? null,
    tasks: assignment.tasks.join(' ')
  }),
  visit: ofVisit,
  note: (note: Note) => ({ ...nothingPlain, worker: note.author, state: note.state }),
  document: (document: Document) => ({
    ...nothingPlain,
    worker: document.addedBy,
    fromDay: document.validFrom ?? null,
    untilDay: document.validUntil ?? null,
    product: document.type,
    state: document.original.at(-1)?.state ?? null
  }),
  suggestion: ({ author, state }: Suggestion) => ({ ...nothingPlain, worker: author, state }),
  'completion-request': ({ worker }: CompletionRequest) => ({ ...nothingPlain, worker }),
  // A month's summaries are found by its first day.
  summary: ({ month, organiser, state }: Summary) => ({
    ...nothingPlain,
    day: `${month}-01` as Day,
    product: organiser,
    state
  }),
  'service-event': (event: ServiceEvent) => ({
    ...nothingPlain,
    day: event.day,
    minutes: event.told.minutes,
    product: event.product,
    state: stateOf(event)
  })
}

/** What may stand beside the seal: what queries need and what identifies nobody. Never words. */
export function plainColumns<K extends StoredKind>(kind: K, data: StoredData<K>): Plain {
  return writers[kind](data)
}
