import { expect, test } from 'vitest'
import { idOf, transferLine as line } from '#tests/support/transfer-line.ts'
import { exportChoice, exportParties } from './export-choice.ts'

test('a file is for one organiser and one portal: what is to be told is asked for by each', () => {
  const lines = [
    line(1),
    line(2, { channel: 'palse' }),
    line(3, { organiser: 'toinen' }),
    line(4),
    line(5, { organiser: 'kolmas', state: 'recorded' })
  ]
  expect(exportParties(lines)).toEqual([
    { organiser: 'mallikunta', channel: 'psop', count: 2 },
    { organiser: 'mallikunta', channel: 'palse', count: 1 },
    { organiser: 'toinen', channel: 'psop', count: 1 }
  ])
})

test('a draft that was in no file is not said to have been in one, and both are left out at first', () => {
  const draft = line(2, { state: 'draft' })
  const event = draft.event
  if (!event) throw new Error('a draft has an event')
  const left = { by: event.data.history[0]?.by, at: event.data.history[0]?.at }
  const exports = [{ ...left, profile: 'p', fingerprint: 'f' }] as typeof event.data.exports
  const inFile = {
    ...line(3, { state: 'draft' }),
    event: { ...event, data: { ...event.data, exports } }
  }
  const lines = [line(1), draft, inFile, line(4, { state: 'exported' })]
  const choice = exportChoice(lines, false)
  expect(choice.chosen.map(({ visit }) => visit)).toEqual([idOf(1)])
  expect(choice.before.map(({ visit }) => visit)).toEqual([idOf(3), idOf(4)])
  expect(choice.drafts.map(({ visit }) => visit)).toEqual([idOf(2)])
  expect(exportChoice(lines, true).chosen).toHaveLength(4)
})
