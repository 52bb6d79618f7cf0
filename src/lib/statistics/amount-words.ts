import type { Statistic } from '#contract/statistics.ts'
import { formatHours } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'
import type { Amount, Line, NumberName } from './lines.ts'

const isMinutes = (name: NumberName): boolean => name.endsWith('Minutes')

const write = (name: NumberName, { told }: Amount): string =>
  isMinutes(name) ? formatHours(told) : String(told)

/** `<5`, or that it is covered: both stand for a number that is not here. */
export const hiddenMark = (hidden: Statistic['hidden']): string =>
  say(hidden === 'small' ? 'statistics.few' : 'statistics.covered')

/** A number of a line as it stands over a column: hours are whole there. */
export function shortAmount(line: Line, name: NumberName): string {
  const amount = line.numbers[name]
  if (!amount) return hiddenMark(line.hidden)
  const written = String(Math.round(isMinutes(name) ? amount.told / 60 : amount.told))
  return amount.isShort ? say('statistics.at-least', { amount: written }) : written
}

/** A number of a line in words of the table. */
export function amountWords(line: Line, name: NumberName): string {
  const amount = line.numbers[name]
  if (!amount) return hiddenMark(line.hidden)
  const written = write(name, amount)
  return amount.isShort ? say('statistics.at-least', { amount: written }) : written
}

export function customerWords({ customers, hidden }: Line): string {
  if (customers === 'several-months') return '–'
  return customers === null ? hiddenMark(hidden) : String(customers)
}
