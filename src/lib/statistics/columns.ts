import { say } from '#lib/i18n/say.ts'
import { amountWords, customerWords } from './amount-words.ts'
import type { Comparison } from './comparison.ts'
import type { Measure } from './drawing.ts'
import type { Line } from './lines.ts'
import { shareWords } from './share-words.ts'
import type { VisitNumber } from './told-months.ts'

/** One column of numbers, on the screen and in the file. */
export interface NumberColumn<R> {
  readonly key: string
  readonly title: () => string
  readonly words: (row: R) => string
}

type VisitLine = Line<VisitNumber>

const column = (name: VisitNumber, title: () => string): NumberColumn<VisitLine> => ({
  key: name,
  title,
  words: (line) => amountWords(line, name)
})

const columnsOf: Readonly<Record<Measure, readonly NumberColumn<VisitLine>[]>> = {
  hours: [
    column('visits', () => say('statistics.visits')),
    column('plannedMinutes', () => say('statistics.plannedMinutes')),
    column('actualMinutes', () => say('statistics.actualMinutes')),
    column('billableMinutes', () => say('statistics.billableMinutes'))
  ],
  visits: [
    { key: 'customers', title: () => say('statistics.customers'), words: customerWords },
    column('visits', () => say('statistics.visits')),
    column('completed', () => say('statistics.completed')),
    column('missed', () => say('statistics.missed')),
    column('cancelled-in-time', () => say('visit-state.cancelled-in-time')),
    column('cancelled-late', () => say('visit-state.cancelled-late')),
    column('not-at-home', () => say('visit-state.not-at-home')),
    column('cancelled-by-provider', () => say('visit-state.cancelled-by-provider'))
  ]
}

/** Who is there in two months is one client: of several months there is nothing to say in that column. */
export function columnsShown(
  measure: Measure,
  lines: readonly VisitLine[]
): readonly NumberColumn<VisitLine>[] {
  const tellsCustomers = lines.some(({ customers }) => customers !== 'several-months')
  return columnsOf[measure].filter(({ key }) => key !== 'customers' || tellsCustomers)
}

export const comparedNumbers: readonly NumberColumn<Comparison>[] = [
  {
    key: 'granted',
    title: () => say('statistics.granted'),
    words: ({ granted }) => amountWords(granted, 'grantedMinutes')
  },
  {
    key: 'used',
    title: () => say('statistics.used'),
    words: ({ used }) => amountWords(used, 'billableMinutes')
  },
  { key: 'share', title: () => say('statistics.share'), words: shareWords }
]

export const expiringNumbers: readonly NumberColumn<Line<'decisions'>>[] = [
  {
    key: 'decisions',
    title: () => say('statistics.decisions'),
    words: (line) => amountWords(line, 'decisions')
  }
]
