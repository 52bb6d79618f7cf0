import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import {
  readCancellation,
  readFate,
  readHold,
  readOfHold,
  readReceipt,
  readRetention,
  readReview,
  readTick,
  wrongOfAct
} from './closing-forms.ts'

const today = '2026-12-01' as Day
const id = entryIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8057')

test('a receipt says whose it is, when it came and how', () => {
  const form = { from: ' Mallikunta ', receivedOn: '2026-12-01', how: 'Salattu sähköposti' }
  expect(readReceipt(form, today).read).toEqual({
    act: 'receipt',
    from: 'Mallikunta',
    receivedOn: '2026-12-01',
    how: 'Salattu sähköposti'
  })
  expect(readReceipt({ from: ' ', receivedOn: '', how: '' }, today).wrong).toEqual({
    from: 'wrong.required',
    receivedOn: 'wrong.pastDay',
    how: 'wrong.required'
  })
})

test('a receipt of tomorrow is none', () => {
  const form = { from: 'Mallikunta', receivedOn: '2026-12-02', how: 'Posti' }
  expect(readReceipt(form, today)).toEqual({ read: null, wrong: { receivedOn: 'wrong.pastDay' } })
  expect(readReceipt({ ...form, how: '' }, today).wrong).toEqual({
    receivedOn: 'wrong.pastDay',
    how: 'wrong.required'
  })
})

test('that nothing must be kept is an answer too; a ground has a last day to come', () => {
  expect(readRetention(null, today).read).toEqual({ act: 'retention', keep: null })
  const form = { ground: 'Laki', lastDay: '2026-12-01' }
  expect(readRetention(form, today).wrong).toEqual({ 'keep.lastDay': 'wrong.comingDay' })
  expect(readRetention({ ground: '', lastDay: '' }, today).wrong).toEqual({
    'keep.ground': 'wrong.required',
    'keep.lastDay': 'wrong.comingDay'
  })
  const keep = { ground: 'Laki', lastDay: '2030-12-31' }
  expect(readRetention(keep, today).read).toEqual({ act: 'retention', keep })
})

test('what the server says of a last day is said at its field', () => {
  expect(wrongOfAct({ lastDay: 'wrong.comingDay' })).toEqual({ 'keep.lastDay': 'wrong.comingDay' })
})

test('a hold has a ground, words and a day on which it is looked at again', () => {
  const empty = { id, ground: '', words: '', reviewBy: '' }
  expect(readHold(empty, today).wrong).toEqual({
    ground: 'wrong.required',
    words: 'wrong.required',
    reviewBy: 'wrong.comingDay'
  })
  const form = { id, ground: 'legal-claim', words: 'Kantelu', reviewBy: '2027-01-15' }
  expect(readHold(form, today).read).toEqual({ act: 'hold', ...form })
  expect(readHold({ ...form, reviewBy: today }, today).wrong).toEqual({
    reviewBy: 'wrong.comingDay'
  })
})

test('nobody sets by hand the hold that sets itself', () => {
  const form = { id, ground: 'unconfirmed-hand-over', words: 'Kantelu', reviewBy: '2027-01-15' }
  expect(readHold(form, today).read).toBeNull()
})

test('a review finds something and names the next day', () => {
  expect(readReview(id, { finding: '', reviewBy: today }, today).wrong).toEqual({
    finding: 'wrong.required',
    reviewBy: 'wrong.comingDay'
  })
  const form = { finding: 'Yhä vireillä', reviewBy: '2027-02-01' }
  expect(readReview(id, form, today).read).toEqual({ act: 'review', hold: id, ...form })
})

test('how a document went may be left unsaid; how an item was settled may not', () => {
  expect(readFate(id, 'returned', ' ').read).toEqual({
    act: 'document',
    document: id,
    fate: 'returned'
  })
  expect(readTick('last-summary', ' ').wrong).toEqual({ how: 'wrong.required' })
  expect(readTick('portal-events', 'Palse').read).toMatchObject({ item: 'portal-events' })
})

test('what is cancelled, renewed or set aside has its reason', () => {
  expect(readCancellation('').wrong).toEqual({ reason: 'wrong.required' })
  expect(readOfHold('renew', id, '').wrong).toEqual({ reason: 'wrong.required' })
  expect(readOfHold('set-aside', id, ' Päättyi ').read).toEqual({
    act: 'set-aside',
    hold: id,
    reason: 'Päättyi'
  })
})
