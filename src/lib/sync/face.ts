import type { CustomershipId } from '#contract/id.ts'
import type { HeldFace } from '#lib/vault/face.ts'

/** A customership as lists and the day show it: what is held, with the author's own words laid over. */
export interface Face extends HeldFace {
  readonly id: CustomershipId
  readonly revision: number
}
