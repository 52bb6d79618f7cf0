import type { CustomershipId } from '#contract/id.ts'

/** Knows that a customership was deleted without remembering which: keyed HMACs in a file of their own. */
export interface Suppression {
  add(id: CustomershipId): Promise<void>
  has(id: CustomershipId): Promise<boolean>
}
