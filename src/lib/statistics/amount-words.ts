import type { Statistic } from '#contract/statistics.ts'
import { formatHours } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'
import type { Amount, Line } from './lines.ts'

const isMinutes = (name: string): boolean => name.endsWith('Minutes')

/** `<5`, or that it is covered: both stand for a number that is not here. */
export const hiddenMark = (hidden: Statistic['hidden']): string =>
  say(hidden === 'small' ? 'statistics.few' : 'statistics.covered')

const orMore = ({ isShort }: Amount, amount: string): string =>
  isShort ? say('statistics.at-least', { amount }) : amount

/** A number of a line as it stands over a column: hours are whole there. */
export function shortAmount<N extends string>(line: Line<N>, name: N): string {
  const amount = line.numbers[name]
  if (!amount) return hiddenMark(line.hidden)
  return orMore(amount, String(Math.round(isMinutes(name) ? amount.told / 60 : amount.told)))
}

/** A number of a line in words of the table. */
export function amountWords<N extends string>(line: Line<N>, name: N): string {
  const amount = line.numbers[name]
  if (!amount) return hiddenMark(line.hidden)
  return orMore(amount, isMinutes(name) ? formatHours(amount.told) : String(amount.told))
}

export function customerWords({ customers, hidden }: Line<never>): string {
  if (customers === 'several-months') return '–'
  return customers === null ? hiddenMark(hidden) : String(customers)
}
