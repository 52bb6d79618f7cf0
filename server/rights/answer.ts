import type { DisclosureGround } from '#contract/disclosure.ts'
import {
  refusalGrounds,
  type RightsClient,
  type RightsCodes,
  type RightsKind,
  type RightsWork
} from '#contract/rights-request.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { refused, type ActOf, type Deed } from './one-request.ts'
import { dayRefusal, recordLeaving } from './sending-acts.ts'

const grounds: Readonly<Partial<Record<RightsKind, DisclosureGround>>> = {
  access: 'right-of-access',
  portability: 'portability'
}

/** GDPR Art. 12(3) and (4): what was done, or why not, told to whoever asked. */
export const answer: Deed<'answer'> = async (one, act, acting) => {
  const { request, work, client } = one
  const { act: _act, outcome, on, channel, ...said } = act
  const wrong = answerRefusal(one, act) ?? dayRefusal(request.receivedOn, on, acting.today)
  if (wrong) return wrong
  const id = request.customership
  if (!client || id === null || outcome === 'not-held')
    return { codes: { outcome, answeredOn: on, channel, closedAt: acting.now } }
  const ground = grounds[request.kind] ?? 'action-taken'
  await recordLeaving({ ...one, id, client }, acting, { recipient: 'client', channel, ground })
  const { by, at } = acting
  return {
    codes: { answeredOn: on, channel },
    work: { ...work, answer: { by, at, outcome, on, channel, ...said } }
  }
}

/** Nothing is said to be done that was not, and nothing is refused without its ground. */
export function answerRefusal(
  one: { request: RightsCodes; work: RightsWork; client: RightsClient | null },
  { outcome, ground, words }: Pick<ActOf<'answer'>, 'outcome' | 'ground' | 'words'>
): Refusal | null {
  const { request, work, client } = one
  if (!client) {
    // Of somebody whose data is not held every answer is the same, and no word is kept.
    if (outcome !== 'not-held') return refused('outcome', 'not-expected')
    return words === undefined && ground === undefined ? null : refused('words', 'not-expected')
  }
  if (work.answer || !client.isProvider) return { code: 'conflict' }
  if (outcome === 'not-held') return refused('outcome', 'not-expected')
  if (outcome !== 'granted' && ground === undefined) return refused('ground', 'missing')
  if (outcome === 'granted' && ground !== undefined) return refused('ground', 'not-expected')
  if (ground !== undefined && !refusalGrounds[request.kind].includes(ground))
    return refused('ground', 'invalid')
  const isUnknown = outcome === 'refused' && ground === 'not-identified'
  if (request.identified === 'not-yet' && !isUnknown) return refused('outcome', 'not-identified')
  if (ground === 'compelling-grounds' && !work.weighed) return refused('ground', 'not-weighed')
  const undone = outcome === 'refused' ? null : undoneOf(request.kind, work, client)
  return undone === null ? null : refused('outcome', undone)
}

/** What a granted request of each kind leaves behind; null when it is there. */
function undoneOf(kind: RightsKind, work: RightsWork, client: RightsClient): string | null {
  const isRestricted = client.restrictedOn !== null
  const isEnding = client.state !== 'active'
  switch (kind) {
    case 'access':
    case 'portability':
      return null
    case 'rectification':
      return work.rectified.length > 0 ? null : 'nothing-rectified'
    case 'erasure':
      return isEnding ? null : 'not-ending'
    case 'restriction':
      return isRestricted ? null : 'not-restricted'
    case 'objection':
      return isRestricted || isEnding ? null : 'nothing-done'
  }
}
