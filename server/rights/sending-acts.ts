import type { DisclosureGround } from '#contract/disclosure.ts'
import type { Day } from '#contract/day.ts'
import type { AnswerChannel } from '#contract/rights-request.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { recordDisclosure } from '#server/audit/disclosure.ts'
import { ofClient, refused, type Acting, type ClientRequest } from './one-request.ts'

/** A day that it can have left on. */
export function dayRefusal(receivedOn: Day, on: Day, today: Day): Refusal | null {
  if (on > today) return refused('on', 'future')
  return on < receivedOn ? refused('on', 'before-receipt') : null
}

/** §10: whatever goes out because of a request is a line of what left the house. */
export function recordLeaving(
  { store, clock, request, id }: ClientRequest,
  { by }: Acting,
  to: { recipient: string; channel: AnswerChannel; ground: DisclosureGround }
): Promise<void> {
  return recordDisclosure(store, clock, {
    ...{ customership: id, by, kind: 'rights-answer', reference: request.number },
    ...to,
    fingerprint: null
  })
}

/** GDPR Art. 28(3)(e): where an organiser is controller, it decides; it has the request without delay. */
export const forward = ofClient<'forward'>(async (one, act, acting) => {
  const { work, client, request } = one
  const { act: _act, ...sent } = act
  if (!client.organisers.includes(sent.organiser)) return refused('organiser', 'unknown')
  if (work.forwards.some(({ organiser }) => organiser === sent.organiser))
    return { code: 'conflict' }
  const wrong = dayRefusal(request.receivedOn, sent.on, acting.today)
  if (wrong) return wrong
  const { organiser: recipient, channel } = sent
  await recordLeaving(one, acting, { recipient, channel, ground: 'controller-assistance' })
  const { by, at } = acting
  return { work: { ...work, forwards: [...work.forwards, { by, at, ...sent }] } }
})

/** GDPR Art. 19: whoever was given it before is told, each by name and day. */
export const tell = ofClient<'tell'>(async (one, act, acting) => {
  const { work, client, request } = one
  const { act: _act, ...sent } = act
  if (!client.recipients.includes(sent.recipient)) return refused('recipient', 'unknown')
  if (work.told.some(({ recipient }) => recipient === sent.recipient)) return { code: 'conflict' }
  const wrong = dayRefusal(request.receivedOn, sent.on, acting.today)
  if (wrong) return wrong
  const { recipient, channel } = sent
  await recordLeaving(one, acting, { recipient, channel, ground: 'recipient-notification' })
  const { by, at } = acting
  return { work: { ...work, told: [...work.told, { by, at, ...sent }] } }
})
