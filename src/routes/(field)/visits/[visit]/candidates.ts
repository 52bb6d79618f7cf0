import type { Day } from '#contract/day.ts'
import { isValidOn } from '#contract/decision.ts'
import { entriesOf } from '#contract/entry.ts'
import type { Face } from '#lib/sync/face.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'
import type { FaceDecision } from '#lib/vault/face.ts'
import type { Sibling } from '#lib/visits/siblings.ts'

export interface Asked {
  readonly face: Face
  /** The visit to go on with, where one was planned or begun at that time. */
  readonly along: Sibling['visit'] | null
}

/** Somebody for whom a visit of that day can be recorded; one with two decisions is asked about twice. */
export interface Candidate extends Asked {
  readonly decision: FaceDecision
}

/** §6: a visit is recorded against a decision in force, and one that was planned against its own. */
export async function readCandidates(
  replica: Pick<Replica, 'open'>,
  asked: readonly Asked[],
  day: Day
): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (const { face, along } of asked) {
    const decisions = (face.decisions ?? (await openDecisions(replica, face)))
      .filter((decision) => isValidOn(decision, day))
      .sort((one, other) => one.until.localeCompare(other.until))
    const planned = decisions.filter(({ id }) => id === along?.decision)
    for (const decision of planned.length > 0 ? planned : decisions)
      found.push({ face, along, decision })
  }
  return found
}

/** Of a face that says nothing of decisions: its customership is opened instead. */
async function openDecisions(
  replica: Pick<Replica, 'open'>,
  { id }: Face
): Promise<readonly FaceDecision[]> {
  const held = await replica.open(id)
  return entriesOf(held?.entries ?? [], 'decision').map(
    ({ id, data: { product, from, until } }) => ({
      ...{ id, product, from, until }
    })
  )
}
