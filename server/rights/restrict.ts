import { restrictingKinds } from '#contract/rights-request.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { Changed } from '#server/store/register-transaction.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { ofClient, refused, type ClientRequest } from './one-request.ts'
import { dayRefusal } from './sending-acts.ts'

/** Nothing but reading and storing, from this commit on: the one access decision says so to everybody. */
export const restrict = ofClient<'restrict'>(async (one, act, { by, at, today }) => {
  const { request, work, client } = one
  if (!restrictingKinds.includes(request.kind) || isStanding(work)) return { code: 'conflict' }
  if (client.restrictedOn === null) {
    const refusal = await change(one, (changing) => changing.setRestriction(today))
    if (refusal) return refusal
  }
  const { ground, words } = act
  const said = words === undefined ? {} : { words }
  return { work: { ...work, restrictions: [...work.restrictions, { by, at, ground, ...said }] } }
})

/** GDPR Art. 18(3): lifted after whoever asked for it was told. It stands while another request needs it. */
export const lift = ofClient<'lift'>(async (one, act, { by, at, today }) => {
  const { request, work } = one
  const { reason, on, channel } = act
  if (!isStanding(work)) return { code: 'conflict' }
  const since = work.restrictions.find(({ lifted }) => !lifted)
  if (!since) return { code: 'conflict' }
  const wrong = dayRefusal(request.receivedOn, on, today)
  if (wrong) return wrong
  if (!(await standsElsewhere(one))) {
    const refusal = await change(one, (changing) => changing.setRestriction(null))
    if (refusal) return refusal
  }
  const lifted = { by, at, reason, on, channel }
  const restrictions = work.restrictions.map((each) => (each.lifted ? each : { ...each, lifted }))
  return { work: { ...work, restrictions } }
})

const isStanding = ({ restrictions }: ClientRequest['work']): boolean =>
  restrictions.some(({ lifted }) => !lifted)

async function standsElsewhere({ store, tx, id, request }: ClientRequest): Promise<boolean> {
  const works = await tx.rights(id)
  for (const other of await store.rights.list({ customership: id }))
    if (other.id !== request.id && works && isStanding(await works.read(other.id))) return true
  return false
}

async function change(
  { tx, id }: ClientRequest,
  use: (change: CustomershipChange) => Promise<void>
): Promise<Refusal | null> {
  const changed: Changed<void> = await tx.change(id, use, {
    alsoClosed: true,
    alsoRestricted: true
  })
  return 'value' in changed ? null : refused('act', 'conflict')
}
