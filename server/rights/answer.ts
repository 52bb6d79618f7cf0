import type { DisclosureGround } from '#contract/disclosure.ts'
import { answerWrong } from '#contract/rights-answer.ts'
import type { RightsKind } from '#contract/rights-request.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { refused, type ActOf, type Deed, type OneRequest } from './one-request.ts'
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
    return { codes: { outcome: 'not-held', answeredOn: on, channel, closedAt: acting.now } }
  const ground = grounds[request.kind] ?? 'action-taken'
  await recordLeaving({ ...one, id, client }, acting, { recipient: 'client', channel, ground })
  const { by, at } = acting
  return {
    codes: { answeredOn: on, channel },
    work: { ...work, answer: { by, at, outcome, on, channel, ...said } }
  }
}

function answerRefusal(
  { request, work, client }: OneRequest,
  { outcome, ground, words }: ActOf<'answer'>
): Refusal | null {
  if (!client) {
    // Of somebody whose data is not held every answer is the same, and no word is kept.
    if (outcome !== 'not-held') return refused('outcome', 'not-expected')
    return words === undefined && ground === undefined ? null : refused('words', 'not-expected')
  }
  if (work.answer || !client.isProvider) return { code: 'conflict' }
  if (outcome === 'not-held') return refused('outcome', 'not-expected')
  const wrong = answerWrong({ request, work, client }, outcome, ground)
  return wrong && refused(wrong.field, wrong.code)
}
