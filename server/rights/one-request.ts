import type { Day, Moment } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type {
  RightsAct,
  RightsActName,
  RightsClient,
  RightsCodes,
  RightsWork
} from '#contract/rights-request.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { Clock } from '#server/clock.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import type { RightsStep } from '#server/store/rights-requests.ts'
import type { Store } from '#server/store/store.ts'

/** Who acts, and when. */
export interface Acting {
  readonly by: UserId
  readonly at: Moment
  readonly now: number
  readonly today: Day
}

/** One request inside the commit that works it. */
export interface OneRequest {
  readonly store: Store
  readonly clock: Clock
  readonly tx: RegisterTransaction
  readonly request: RightsCodes
  readonly work: RightsWork
  /** Null: it is of nobody whose data is held. */
  readonly client: RightsClient | null
}

/** The same, of a client. */
export interface ClientRequest extends OneRequest {
  readonly id: CustomershipId
  readonly client: RightsClient
}

/** What a step leaves behind: words under the seal, codes outside it. */
export interface Done {
  readonly work?: RightsWork
  readonly codes?: RightsStep
}

export type ActOf<N extends RightsActName> = Extract<RightsAct, { act: N }>

export type Deed<N extends RightsActName> = (
  one: OneRequest,
  act: ActOf<N>,
  acting: Acting
) => Promise<Done | Refusal>

export const refused = (field: string, code: string): Refusal => ({
  code: 'invalid',
  issues: [{ path: [field], code }]
})

/** A step that only a client's request has. */
export const ofClient =
  <N extends RightsActName>(
    deed: (one: ClientRequest, act: ActOf<N>, acting: Acting) => Promise<Done | Refusal>
  ): Deed<N> =>
  async (one, act, acting) => {
    const { client } = one
    const id = one.request.customership
    return client && id ? deed({ ...one, id, client }, act, acting) : { code: 'conflict' }
  }
