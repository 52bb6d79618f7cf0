import type { ToldRequest } from '#contract/completion-request.ts'
import type { UserId } from '#contract/id.ts'
import type { Missing } from '#contract/summary-missing.ts'
import type { SummaryLine } from '#contract/summary-request.ts'
import { missingOf, wishOf } from '#contract/wish.ts'

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

/** One line of what is missing, and what its worker was asked of it. */
export interface MissingLine extends Missing {
  readonly line: SummaryLine
  readonly request: ToldRequest | null
}

export interface WorkersMissing {
  /** Null: nobody’s alone, such as hours over a grant. */
  readonly worker: UserId | null
  readonly missing: readonly MissingLine[]
  /** What was asked, and has been completed since. */
  readonly done: readonly (ToldRequest & { readonly line: SummaryLine })[]
}

/** What is missing, by whom to ask; what nobody can mend alone comes last. A tablet is told once. */
export function missingByWorker(
  lines: readonly SummaryLine[],
  nameOf: (worker: UserId) => string
): WorkersMissing[] {
  const missing = Map.groupBy(linesOnce(lines), ({ worker }) => worker ?? null)
  const done = Map.groupBy(
    lines.flatMap((line) => line.requests.flatMap((one) => (one.isOpen ? [] : [{ ...one, line }]))),
    ({ worker }) => worker
  )
  return [...new Set([...missing.keys(), ...done.keys()])]
    .map((worker) => ({
      worker,
      missing: missing.get(worker) ?? [],
      done: (worker && done.get(worker)) ?? []
    }))
    .sort((a, b) => {
      if (a.worker === null || b.worker === null) return a.worker === null ? 1 : -1
      return nameOf(a.worker).localeCompare(nameOf(b.worker), 'fi')
    })
}

function linesOnce(lines: readonly SummaryLine[]): MissingLine[] {
  const seen = new Set<string>()
  return lines.flatMap(linesOf).filter(({ code, worker, visit }) => {
    const name = code === 'undelivered' ? worker : code === 'no-decision' ? visit : undefined
    if (name === undefined) return true
    if (seen.has(`${code} ${name}`)) return false
    seen.add(`${code} ${name}`)
    return true
  })
}

/** What is asked stands in the list until it is done, also when the month was approved without it. */
function linesOf(line: SummaryLine): MissingLine[] {
  const open = line.requests.filter(({ isOpen }) => isOpen)
  const listed = line.missing.map((missing) => ({
    ...missing,
    line,
    request: open.find((one) => isOf(one, missing)) ?? null
  }))
  const others = open.filter((request) => listed.every((one) => one.request !== request))
  return [
    ...listed,
    ...others.map((request) => {
      const { wish, worker, visit, day } = request
      return { code: missingOf[wish], worker, visit, day, line, request }
    })
  ]
}

const isOf = ({ visit, worker, wish }: ToldRequest, missing: Missing): boolean =>
  visit === missing.visit && worker === missing.worker && wish === wishOf[missing.code]
