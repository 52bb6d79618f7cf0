import type { SummaryAnswer, SummaryLine } from '#contract/summary-request.ts'

/** As an address tells it: nothing of it is known to be there. */
interface Asked {
  readonly customership: string
  readonly organiser: string
  readonly month: string
}

/** A summary's own page: a random id, a setting's name and a month, and nothing of anybody. */
export const summaryAddress = ({
  customership,
  organiser,
  month
}: Pick<SummaryLine, 'customership' | 'organiser' | 'month'>): string =>
  `/office/summaries/${customership}/${organiser}/${month}`

/** One page stays while its address changes: an answer to another address is none of this one's. */
export const isSummaryOf = (answer: SummaryAnswer | null, asked: Asked): boolean =>
  answer?.customership === asked.customership &&
  answer.organiser === asked.organiser &&
  answer.month === asked.month

/** Words typed of one client, organiser, month and version are a form of their own. */
export const formKey = (
  { customership, organiser, month }: Asked,
  version: number | undefined
): string => [customership, organiser, month, version].join(' ')
