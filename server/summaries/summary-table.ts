import { wallTimeAt, toMilliseconds, type Moment } from '#contract/day.ts'
import type { SummaryDocument } from '#contract/summary-document.ts'
import { csvOf } from '#contract/csv.ts'
import { numberOnPaper } from '#server/paper/format.ts'
import { sayOnPaper, type PaperKey } from '#server/paper/words.ts'

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** 09:05, as the clock showed in Finland: spreadsheets know it. */
function clockText(moment: Moment | undefined): string {
  if (!moment) return ''
  const { hour, minute } = wallTimeAt(toMilliseconds(moment))
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}

/** The hours of approved summaries, a line for each visit: nothing of what was written. */
export function summaryTable(documents: readonly SummaryDocument[]): string {
  const language = documents[0]?.language ?? 'fi'
  const say = (key: PaperKey) => sayOnPaper(language, key)
  const hours = (minutes: number) => numberOnPaper(language, minutes / 60).replace('−', '-')
  const head = [
    say('summary.title'),
    say('summary.period'),
    say('summary.client'),
    say('summary.birthDate'),
    say('summary.number'),
    say('summary.product'),
    say('summary.day'),
    say('summary.start'),
    say('summary.end'),
    `${say('summary.planned')} (h)`,
    `${say('summary.actual')} (h)`,
    `${say('summary.billable')} (h)`,
    say('summary.worker'),
    say('summary.outcome')
  ]
  const rows = documents.flatMap(({ number, month, client, decisions, workers }) =>
    decisions.flatMap((decision) =>
      decision.rows.map((row) => [
        number,
        month,
        `${client.firstName} ${client.lastName}`,
        client.birthDate ?? '',
        decision.number ?? '',
        decision.productTitle,
        row.day,
        clockText(row.startedAt),
        clockText(row.endedAt),
        hours(row.plannedMinutes),
        hours(row.actualMinutes),
        hours(row.billableMinutes),
        workers[row.worker] ?? '',
        say(`visit-state.${row.outcome}`)
      ])
    )
  )
  return csvOf([head, ...rows])
}

/** For another system. Without its substance it is not what the hash was made of, and says so. */
export function summaryJson(document: SummaryDocument, text: string, isWhole: boolean): string {
  if (isWhole) return text
  const { substance: _substance, ...hours } = document
  return `${JSON.stringify({ ...hours, format: 'kotikaynti/monthly-summary-hours/1' }, null, 2)}\n`
}
