import { dayAt, toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { Block } from '#server/paper/paper.ts'
import type { PackageWords } from './package-words.ts'
import { visitMoment } from './paper-work.ts'

/** What the office asked workers to complete; what came of it stands in the visits and notes. Nothing, where it never asked. */
export function requestBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  const requests = entriesOf(entries, 'completion-request')
  if (requests.length === 0) return []
  const visits = new Map(entriesOf(entries, 'visit').map(({ id, data }) => [id, data]))
  const dayOf = (request: Entry<'completion-request'>): string => {
    const visit = visits.get(request.data.visit)
    const moment = visit && visitMoment(visit)
    return moment ? words.day(dayAt(toMilliseconds(moment))) : ''
  }
  return [
    { is: 'heading', level: 2, text: words.say('package.requests') },
    {
      is: 'table',
      columns: [
        { title: words.say('package.visit.day'), share: 2 },
        { title: words.say('package.request.what'), share: 4 },
        { title: words.say('package.visit.worker'), share: 3 },
        { title: words.say('package.request.by'), share: 3 }
      ],
      rows: requests.map((request) => {
        const { by, at, data } = request
        return [
          dayOf(request),
          [words.say(`package.wish.${data.wish}`), data.word].filter(Boolean).join('\n'),
          words.name(data.worker),
          `${words.name(by)} ${words.when(at)}`
        ]
      })
    }
  ]
}
