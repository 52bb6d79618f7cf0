import type { Row } from './row.ts'

/** What one engine did in one round: milliseconds and bytes. */
export interface Measured {
  readonly fetchMs: number
  readonly fetchBytes: number
  readonly storedBytes: number
  readonly peakBytes: number
  /** Until the first client can be read, and until all can, from the opening of the database. */
  readonly firstMs: number
  readonly allMs: number
  /** Until the same from the start of the page's loading, without what a person types. */
  readonly startMs: number
  readonly pullMs: number
  readonly pullBytes: number
  readonly writeMs: number
  readonly pushMs: number
  readonly pushBytes: number
}

export interface Work {
  readonly rows: readonly Row[]
  readonly changed: readonly Row[]
  readonly notes: readonly Row[]
}
