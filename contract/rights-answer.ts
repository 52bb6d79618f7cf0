import {
  refusalGrounds,
  type RefusalGround,
  type RightsClient,
  type RightsCodes,
  type RightsWork
} from './rights-request.ts'

/** What is wrong with an answer, by its field; every code is one that the desk has words for. */
export interface AnswerWrong {
  readonly field: 'outcome' | 'ground'
  readonly code: 'missing' | 'not-expected' | 'invalid' | 'not-weighed' | AnswerUndone
}

/** What must be there before a request can be said to be granted. */
export type AnswerUndone =
  'not-identified' | 'nothing-rectified' | 'not-ending' | 'not-restricted' | 'nothing-done'

interface Answered {
  readonly request: Pick<RightsCodes, 'kind' | 'identified'>
  readonly work: Pick<RightsWork, 'rectified' | 'weighed'>
  readonly client: Pick<RightsClient, 'restrictedOn' | 'state'>
}

/** Nothing is said to be done that was not, and nothing is refused without its ground. */
export function answerWrong(
  { request, work, client }: Answered,
  outcome: 'granted' | 'partly' | 'refused',
  ground: RefusalGround | undefined
): AnswerWrong | null {
  const wrong = (field: AnswerWrong['field'], code: AnswerWrong['code']) => ({ field, code })
  if (outcome !== 'granted' && ground === undefined) return wrong('ground', 'missing')
  if (outcome === 'granted' && ground !== undefined) return wrong('ground', 'not-expected')
  if (ground !== undefined && !refusalGrounds[request.kind].includes(ground))
    return wrong('ground', 'invalid')
  const isUnknown = outcome === 'refused' && ground === 'not-identified'
  if (ground === 'compelling-grounds' && !work.weighed) return wrong('ground', 'not-weighed')
  if (outcome === 'refused')
    return request.identified === 'not-yet' && !isUnknown
      ? wrong('outcome', 'not-identified')
      : null
  const undone = answerUndone({ request, work, client })
  return undone && wrong('outcome', undone)
}

/** What is missing before a request can be granted: who asks, and what its kind leaves behind. */
export function answerUndone({ request, work, client }: Answered): AnswerUndone | null {
  if (request.identified === 'not-yet') return 'not-identified'
  const { restrictedOn, state } = client
  const isEnding = state !== 'active'
  switch (request.kind) {
    case 'access':
    case 'portability':
      return null
    case 'rectification':
      return work.rectified.length > 0 ? null : 'nothing-rectified'
    case 'erasure':
      return isEnding ? null : 'not-ending'
    case 'restriction':
      return restrictedOn === null ? 'not-restricted' : null
    case 'objection':
      return restrictedOn !== null || isEnding ? null : 'nothing-done'
  }
}
