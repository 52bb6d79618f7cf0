import { say } from '#lib/i18n/say.ts'
import { amountWords, customerWords } from './amount-words.ts'
import type { Measure } from './drawing.ts'
import type { Line, NumberName } from './lines.ts'

/** One column of numbers, on the screen and in the file. */
export interface NumberColumn {
  readonly key: string
  readonly title: () => string
  readonly words: (line: Line) => string
}

const column = (name: NumberName, title: () => string): NumberColumn => ({
  key: name,
  title,
  words: (line) => amountWords(line, name)
})

const columnsOf: Readonly<Record<Measure, readonly NumberColumn[]>> = {
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
export function columnsShown(measure: Measure, lines: readonly Line[]): readonly NumberColumn[] {
  const tellsCustomers = lines.some(({ customers }) => customers !== 'several-months')
  return columnsOf[measure].filter(({ key }) => key !== 'customers' || tellsCustomers)
}
