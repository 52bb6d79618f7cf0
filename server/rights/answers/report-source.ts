import type { Day } from '#contract/day.ts'
import type { DisclosureLine } from '#contract/disclosure.ts'
import type { Entry } from '#contract/entry.ts'
import type { UserId } from '#contract/id.ts'
import type { AnswerFor } from '#contract/answer-file.ts'
import type { PackageLanguage } from '#contract/return-package.ts'
import type { HeldFacts, HeldSource } from './held.ts'
import type { UsesByDay } from './uses-by-day.ts'

/** What a report tells, to whom and as of when. */
export interface ReportSource extends Omit<HeldSource, 'held'> {
  readonly number: string
  readonly for: AnswerFor
  readonly language: PackageLanguage
  readonly madeAt: number
  readonly madeBy: UserId
  /** What was released: without what is blackened, and without what tells of a protected address. */
  readonly released: HeldFacts
  readonly blackened: number
  /** Whole, for the page of their own; none where another guardian asks. */
  readonly protectedEntries: readonly Entry[]
  /** Where they lived before it was put right. */
  readonly protectedFormers: readonly string[]
  /** Those whose pages are in the archive. */
  readonly documents: number
  readonly disclosures: readonly DisclosureLine[]
  readonly uses: UsesByDay
  readonly logFrom: Day
  readonly logReason: string | undefined
}
