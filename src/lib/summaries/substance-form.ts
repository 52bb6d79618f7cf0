import type { Day } from '#contract/day.ts'
import { substanceWords, type SubstanceWord, type SummaryLanguage } from '#contract/summary.ts'
import type { SummaryAnswer, SummaryWrite } from '#contract/summary-request.ts'

export interface SubstanceForm {
  readonly texts: Record<SubstanceWord, string>
  isNotified: boolean
  notifiedOn: Day | ''
  overrun: string
  language: SummaryLanguage
}

export function summaryToForm({ substance, overrun, language }: SummaryAnswer): SubstanceForm {
  const { isMade, on } = substance.notification
  const texts = Object.fromEntries(
    substanceWords.map((word) => [word, substance[word] ?? ''])
  ) as Record<SubstanceWord, string>
  return { texts, isNotified: isMade, notifiedOn: on ?? '', overrun: overrun ?? '', language }
}

export const isSameForm = (one: SubstanceForm, other: SubstanceForm): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** What is empty is left out: an empty word is none. */
export function formToWrite(
  { texts, isNotified, notifiedOn, overrun, language }: SubstanceForm,
  { organiser, month }: Pick<SummaryAnswer, 'organiser' | 'month'>,
  of: Pick<SummaryWrite, 'summary' | 'based' | 'state'>
): SummaryWrite {
  const said = substanceWords.flatMap((word) => {
    const text = texts[word].trim()
    return text === '' ? [] : [[word, text] as const]
  })
  const on = isNotified && notifiedOn !== '' ? { on: notifiedOn } : {}
  return {
    ...of,
    ...{ organiser, month, language },
    substance: { ...Object.fromEntries(said), notification: { isMade: isNotified, ...on } },
    ...(overrun.trim() === '' ? {} : { overrun: overrun.trim() })
  }
}
