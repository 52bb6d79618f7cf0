import { expect, test } from 'vitest'
import { daySchema } from '#contract/day-shape.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'
import { planDeletion } from './plan-deletion.ts'

const day = (text: string) => daySchema.parse(text)
const today = day('2026-11-22')

const facts = (state: string, endDay: string | null, deleteBy: string | null) =>
  ({
    id: 'one',
    state,
    endDay: endDay && day(endDay),
    deleteBy: deleteBy && day(deleteBy)
  }) as CustomershipFacts

test.each([
  ['an active one is left alone', facts('active', null, null), [], []],
  ['on its last day it is still open', facts('ending', '2026-11-22', '2027-01-21'), [], []],
  ['the day after it is closed', facts('ending', '2026-11-21', '2027-01-20'), ['one'], []],
  ['closed, it waits for its deadline', facts('closed', '2026-09-22', '2026-11-23'), [], []],
  ['on the deadline it is deleted', facts('closed', '2026-09-22', '2026-11-22'), [], ['one']],
  ['also when nobody closed it', facts('ending', '2026-09-01', '2026-10-01'), ['one'], ['one']],
  [
    'what is being deleted is not planned again',
    facts('deleting', '2026-09-01', '2026-10-01'),
    [],
    []
  ]
])('%s', (_, one, close, gone) => {
  expect(planDeletion([one], today)).toEqual({ close, delete: gone })
})
