import type { Issue, ProblemCode } from '#contract/problem.ts'

/** A rule says no to what the office asks. It is a value: only the edge knows how it is told. */
export interface Refusal {
  readonly code: ProblemCode
  readonly issues?: readonly Issue[]
}
