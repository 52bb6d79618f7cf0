import type { Entry } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'

/** A customership opened: parsed, and the author's own undelivered words laid over it. */
export interface HeldCustomership {
  readonly id: CustomershipId
  readonly revision: number
  readonly entries: readonly Entry[]
}
