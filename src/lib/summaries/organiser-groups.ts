import type { UserId } from '#contract/id.ts'
import type { Missing } from '#contract/summary-missing.ts'
import type { SummaryLine } from '#contract/summary-request.ts'

/** One organiser's month, and what can be done with it next. */
export interface OrganiserGroup {
  readonly organiser: string
  readonly lines: readonly SummaryLine[]
  /** Nothing is missing, and nobody is in the middle of it: they may be approved together. */
  readonly ready: readonly SummaryLine[]
  /** Of those, the ones that nobody has opened: their words are drafted, and read by nobody. */
  readonly untouched: readonly SummaryLine[]
  /** Nothing is missing, but somebody has begun to write and not said that it is checked. */
  readonly unchecked: readonly SummaryLine[]
  /** Approved, not with the organiser yet, and still what the visits are. */
  readonly approved: readonly SummaryLine[]
  /** Approved and not delivered, and a visit is otherwise by now: it waits for a correction. */
  readonly changed: readonly SummaryLine[]
  /** With the organiser, who has not said so. */
  readonly unconfirmed: readonly SummaryLine[]
}

const isOpen = ({ state }: SummaryLine): boolean => state === 'draft' || state === 'checked'
const isComplete = (line: SummaryLine): boolean => isOpen(line) && line.missing.length === 0
const isUntouched = ({ summary }: SummaryLine): boolean => summary === null

export function groupByOrganiser(
  lines: readonly SummaryLine[],
  nameOf: (organiser: string) => string
): OrganiserGroup[] {
  const groups = Map.groupBy(lines, ({ organiser }) => organiser)
  return [...groups]
    .map(([organiser, own]) => ({
      organiser,
      lines: own,
      ready: own.filter(
        (line) => isComplete(line) && (isUntouched(line) || line.state === 'checked')
      ),
      untouched: own.filter((line) => isComplete(line) && isUntouched(line)),
      unchecked: own.filter(
        (line) => isComplete(line) && !isUntouched(line) && line.state === 'draft'
      ),
      approved: own.filter(({ state, isChanged }) => state === 'approved' && !isChanged),
      changed: own.filter(({ state, isChanged }) => state === 'approved' && isChanged),
      unconfirmed: own.filter(({ state, receipt }) => state === 'delivered' && receipt === null)
    }))
    .sort((a, b) => nameOf(a.organiser).localeCompare(nameOf(b.organiser), 'fi'))
}

export interface WorkersMissing {
  /** Null: nobody’s alone, such as hours over a grant. */
  readonly worker: UserId | null
  readonly missing: readonly (Missing & { readonly line: SummaryLine })[]
}

/** What is missing, by whom to ask; what nobody can mend alone comes last. A tablet is told once. */
export function missingByWorker(
  lines: readonly SummaryLine[],
  nameOf: (worker: UserId) => string
): WorkersMissing[] {
  const seen = new Set<string>()
  const all = lines.flatMap((line) => line.missing.map((missing) => ({ ...missing, line })))
  const once = all.filter(({ code, worker, visit }) => {
    const name = code === 'undelivered' ? worker : code === 'no-decision' ? visit : undefined
    if (name === undefined) return true
    if (seen.has(`${code} ${name}`)) return false
    seen.add(`${code} ${name}`)
    return true
  })
  const groups = Map.groupBy(once, ({ worker }) => worker ?? null)
  return [...groups]
    .map(([worker, missing]) => ({ worker, missing }))
    .sort((a, b) => {
      if (a.worker === null || b.worker === null) return a.worker === null ? 1 : -1
      return nameOf(a.worker).localeCompare(nameOf(b.worker), 'fi')
    })
}
