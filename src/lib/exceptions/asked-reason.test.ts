import { expect, test } from 'vitest'
import type { ProblemDocument } from '#contract/problem.ts'
import { reasonAskedFor } from './asked-reason.ts'

const refused = (code: ProblemDocument['code'], ...codes: string[]) => ({
  ok: false as const,
  problem: {
    type: 'about:blank',
    title: '',
    status: 409,
    code,
    issues: codes.map((each) => ({ path: ['data'], code: each }))
  }
})

test('each thing that a reason is asked for is named once', () => {
  const answer = refused('needs-reason', 'clash', 'hours-over-grant', 'clash')
  expect(reasonAskedFor(answer)).toEqual(['clash', 'hours-over-grant'])
})

test('another refusal, and no answer at all, ask for no reason', () => {
  expect(reasonAskedFor(refused('invalid', 'clash'))).toEqual([])
  expect(reasonAskedFor({ ok: false, away: 'offline' })).toEqual([])
  expect(reasonAskedFor({ ok: true, data: null })).toEqual([])
})
