import { expect, test } from 'vitest'
import { answerWrong, type AnswerWrong } from './rights-answer.ts'
import type { RefusalGround, RightsKind } from './rights-request.ts'

interface Row {
  readonly kind: RightsKind
  readonly outcome?: 'granted' | 'partly' | 'refused'
  readonly ground?: RefusalGround
  readonly identified?: 'not-yet' | 'strong'
  readonly work?: object
  readonly client?: object
}

const nothing = { rectified: [] }
const active = { restrictedOn: null, state: 'active' }

test.each<[string, Row, AnswerWrong['code'] | null]>([
  ['access is granted', { kind: 'access' }, null],
  ['who asks is not known', { kind: 'access', identified: 'not-yet' }, 'not-identified'],
  [
    'it is refused because who asks is not known',
    { kind: 'access', identified: 'not-yet', outcome: 'refused', ground: 'not-identified' },
    null
  ],
  ['a refusal has no ground', { kind: 'access', outcome: 'refused' }, 'missing'],
  ['a part is refused without ground', { kind: 'access', outcome: 'partly' }, 'missing'],
  ['what is granted has a ground', { kind: 'access', ground: 'unfounded' }, 'not-expected'],
  [
    'the ground is of another kind',
    { kind: 'access', outcome: 'refused', ground: 'legal-claims' },
    'invalid'
  ],
  ['nothing was put right', { kind: 'rectification' }, 'nothing-rectified'],
  ['something was put right', { kind: 'rectification', work: { rectified: [{}] } }, null],
  ['it was right', { kind: 'rectification', outcome: 'refused', ground: 'accurate' }, null],
  ['nothing ends', { kind: 'erasure' }, 'not-ending'],
  ['it ends', { kind: 'erasure', client: { ...active, state: 'ending' } }, null],
  ['nothing is restricted', { kind: 'restriction' }, 'not-restricted'],
  [
    'it is restricted',
    { kind: 'restriction', client: { ...active, restrictedOn: '2026-11-22' } },
    null
  ],
  ['nothing came of the objection', { kind: 'objection' }, 'nothing-done'],
  ['it ends because of it', { kind: 'objection', client: { ...active, state: 'closed' } }, null],
  [
    'grounds compel, and were not weighed',
    { kind: 'objection', outcome: 'refused', ground: 'compelling-grounds' },
    'not-weighed'
  ],
  [
    'grounds compel, and were weighed',
    {
      kind: 'objection',
      outcome: 'refused',
      ground: 'compelling-grounds',
      work: { ...nothing, weighed: {} }
    },
    null
  ]
])('§13 an answer is judged: %s', (_, row, code) => {
  const { kind, outcome = 'granted', ground, identified = 'strong' } = row
  const { work = nothing, client = active } = row
  const one = { request: { kind, identified }, work, client } as Parameters<typeof answerWrong>[0]
  expect(answerWrong(one, outcome, ground)?.code ?? null).toBe(code)
})
