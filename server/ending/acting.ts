import type { ClosingAct, ClosingActName } from '#contract/closing.ts'
import type { Day, Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/** Who acts, and when. */
export interface Acting {
  readonly by: UserId
  readonly at: Moment
  readonly today: Day
}

export type ActOf<N extends ClosingActName> = Extract<ClosingAct, { act: N }>

export type Deed<N extends ClosingActName> = (
  change: CustomershipChange,
  act: ActOf<N>,
  acting: Acting
) => Promise<Refusal | null>

export const refused = (field: string, code: string): Refusal => ({
  code: 'invalid',
  issues: [{ path: [field], code }]
})
