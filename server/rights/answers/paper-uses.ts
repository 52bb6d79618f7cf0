import type { UserId } from '#contract/id.ts'
import type { PackageWords } from '#server/disclosures/package-words.ts'
import type { Block } from '#server/paper/paper.ts'
import type { ReportSource } from './report-source.ts'
import type { DayOfUse } from './uses-by-day.ts'

/** 703/2023: who viewed the data, when and why: a table for each person, a row for each day and purpose. */
export function useBlocks(
  { uses, logFrom, logReason }: ReportSource,
  words: PackageWords
): Block[] {
  const lead = { from: words.day(logFrom), count: uses.total }
  const name = (user: UserId | null) => (user ? words.name(user) : words.say('usage.server'))
  const byUser = [...Map.groupBy(uses.days, ({ user }) => user)].toSorted(([a], [b]) =>
    name(a).localeCompare(name(b), 'fi')
  )
  return [
    { is: 'paragraph', text: words.say('report.uses.lead', lead) },
    ...(logReason === undefined
      ? []
      : [
          {
            is: 'paragraph',
            text: words.say('report.uses.reason', { reason: logReason })
          } as const
        ]),
    ...byUser.flatMap(([user, days]): Block[] => [
      { is: 'heading', level: 3, text: name(user) },
      {
        is: 'table',
        columns: [
          { title: words.say('report.uses.day'), share: 2 },
          { title: words.say('usage.purpose'), share: 4 },
          { title: words.say('report.uses.what'), share: 6 }
        ],
        rows: days.toSorted((a, b) => b.day.localeCompare(a.day)).map((one) => dayRow(one, words))
      }
    ])
  ]
}

const dayRow = ({ day, purpose, counts }: DayOfUse, words: PackageWords): string[] => [
  words.day(day),
  purpose ? words.say(`purpose.${purpose}`) : '–',
  [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, count]) =>
      words.say('report.uses.count', { what: words.say(`usage-kind.${kind}`), count })
    )
    .join(', ')
]
