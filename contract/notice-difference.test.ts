import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedHeadings, noticeDifference, readDifference } from './notice-difference.ts'
import type { NoticeLine, NoticeText } from './notice-line.ts'

const words = fc.array(
  fc.constantFrom('tiedot', 'poistetaan', '60', '30', 'päivän', 'kuluttua', ' ', '\n'),
  {
    maxLength: 8
  }
)
const line: fc.Arbitrary<NoticeLine> = fc.record({
  is: fc.constantFrom('paragraph', 'term', 'item'),
  text: words.map((each) => each.join(' '))
})
const notice: fc.Arbitrary<NoticeText> = fc
  .array(fc.record({ title: fc.string(), lines: fc.array(line, { maxLength: 6 }) }), {
    minLength: 14,
    maxLength: 14
  })
  .map((sections) => sections.map((section, index) => ({ number: index + 1, ...section })))

/** Most of it stays, as in a notice that somebody mends. */
const mended = notice.chain((former) =>
  fc
    .record({ other: notice, mask: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }) })
    .map(({ other, mask }) => ({
      former,
      present: former.map((section, index) => (mask[index] ? other[index] : section)) as NoticeText
    }))
)

test('§14 from a difference both texts can be read again, whatever was changed', () => {
  fc.assert(
    fc.property(fc.oneof(mended, fc.record({ former: notice, present: notice })), (versions) => {
      const { former, present } = versions
      const difference = noticeDifference(former, present)
      expect(readDifference(difference, 'present')).toEqual(present)
      expect(readDifference(difference, 'former')).toEqual(former)
    })
  )
})

test('§14 exactly the headings that differ are told as changed', () => {
  fc.assert(
    fc.property(mended, ({ former, present }) => {
      const differing = present
        .filter((section, index) => JSON.stringify(section) !== JSON.stringify(former[index]))
        .map(({ number }) => number)
      expect(changedHeadings(former, present)).toEqual(differing)
      expect(changedHeadings(present, present)).toEqual([])
    })
  )
})

const withLines = (...lines: readonly string[]): NoticeText => [
  { number: 1, title: 'Säilytysaika', lines: lines.map((text) => ({ is: 'item', text })) }
]

test('a line of which one number changed is one line, and the number is marked', () => {
  const [section] = noticeDifference(
    withLines('Nimi', 'Tiedot poistetaan 60 päivän kuluttua'),
    withLines('Nimi', 'Tiedot poistetaan 30 päivän kuluttua')
  )
  expect(section?.lines).toEqual([
    { became: 'same', line: { is: 'item', text: 'Nimi' } },
    {
      became: 'changed',
      is: 'item',
      words: [
        { became: 'same', text: 'Tiedot poistetaan ' },
        { became: 'removed', text: '60' },
        { became: 'added', text: '30' },
        { became: 'same', text: ' päivän kuluttua' }
      ]
    }
  ])
})

test('lines that have nothing in common are one that went and one that came', () => {
  const [section] = noticeDifference(withLines('Lemmikit'), withLines('Ajetut kilometrit'))
  expect(section?.lines.map(({ became }) => became)).toEqual(['removed', 'added'])
})
