import type { RightsAct, RightsActName } from '#contract/rights-request.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { answer } from './answer.ts'
import { extend, identify, withdraw } from './clock-acts.ts'
import { ofClient, type Acting, type Deed, type Done, type OneRequest } from './one-request.ts'
import { openSteps, outcomeOf } from './open-steps.ts'
import { rectifyContact, rectifyNote, rectifyProfile } from './rectify.ts'
import { lift, restrict } from './restrict.ts'
import { forward, tell } from './sending-acts.ts'

/** GDPR Art. 21(1): what weighs more is written down before it is answered. */
const weigh = ofClient<'weigh'>(async ({ request, work }, { words }, { by, at }) =>
  request.kind === 'objection' && !work.answer
    ? { work: { ...work, weighed: { by, at, words } } }
    : { code: 'conflict' }
)

/** Every step with its deed: a new one in the contract does not compile until someone does it. */
const deeds: { readonly [N in RightsActName]: Deed<N> } = {
  identify,
  extend,
  forward,
  'rectify-profile': rectifyProfile,
  'rectify-contact': rectifyContact,
  'rectify-note': rectifyNote,
  tell,
  restrict,
  lift,
  weigh,
  answer,
  withdraw
}

/** What goes on after a request is closed: a restriction stands until it is lifted. */
const alsoClosed: readonly RightsActName[] = ['lift', 'tell']

/** One step of a request's work. Nothing open any more: it is closed by the same commit. */
export async function takeStep(
  one: OneRequest,
  asked: RightsAct,
  acting: Acting
): Promise<Refusal | null> {
  const isClosed = one.request.closedAt !== null
  if (isClosed && !alsoClosed.includes(asked.act)) return { code: 'conflict' }
  const done = await (deeds[asked.act] as Deed<RightsActName>)(one, asked, acting)
  if ('code' in done) return done
  await keep(one, done)
  if (!isClosed) await closeWhenDone(one, done, acting)
  return null
}

async function keep({ store, tx, request }: OneRequest, { work, codes }: Done): Promise<void> {
  if (codes) await store.rights.change(request.id, codes)
  if (!work || request.customership === null) return
  const works = await tx.rights(request.customership)
  if (!works) throw new Error('a request that is worked has its customership')
  await works.write(request.id, work)
}

async function closeWhenDone(one: OneRequest, done: Done, { now }: Acting): Promise<void> {
  const { store, client } = one
  const work = done.work ?? one.work
  const request = await store.rights.find(one.request.id)
  if (!client || !request || request.closedAt !== null) return
  const isWorked = work.answer !== undefined || work.forwards.length > 0
  if (!isWorked || openSteps(request, work, client).length > 0) return
  await store.rights.change(request.id, { outcome: outcomeOf(work), closedAt: now })
}
