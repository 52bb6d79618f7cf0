import { clockOf } from '#contract/rights-clock.ts'
import { refused, type Deed } from './one-request.ts'

/** GDPR Art. 12(6): who asks is made sure of before anything is told. */
export const identify: Deed<'identify'> = async ({ work, client }, { identified, how }) => {
  if (how !== undefined && client === null) return refused('how', 'not-expected')
  return {
    codes: { identified },
    ...(client && how !== undefined ? { work: { ...work, identifiedHow: how } } : {})
  }
}

/** GDPR Art. 12(3): two months more, if whoever asked was told why before the first month was over. */
export const extend: Deed<'extend'> = async (one, act, { by, at, today }) => {
  const { request, work, client } = one
  const { ground, reason, on, channel } = act
  if (request.extension) return { code: 'conflict' }
  const { dueOn } = clockOf(request.receivedOn, false)
  if (today > dueOn) return refused('on', 'too-late')
  if (on > today) return refused('on', 'future')
  if (on < request.receivedOn) return refused('on', 'before-receipt')
  if ((reason === undefined) !== (client === null))
    return refused('reason', client ? 'missing' : 'not-expected')
  return {
    codes: { extension: { ground, toldOn: on } },
    ...(reason === undefined
      ? {}
      : { work: { ...work, extended: { by, at, reason, on, channel } } })
  }
}

/** Whoever asked takes it back. */
export const withdraw: Deed<'withdraw'> = async ({ work, client }, { reason }, { by, at, now }) => {
  if ((reason === undefined) !== (client === null))
    return refused('reason', client ? 'missing' : 'not-expected')
  return {
    codes: { outcome: 'withdrawn', closedAt: now },
    ...(reason === undefined ? {} : { work: { ...work, withdrawn: { by, at, reason } } })
  }
}
