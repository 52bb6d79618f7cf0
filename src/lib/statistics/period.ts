import { addMonths, monthsFrom, type Month } from '#contract/month.ts'

export interface Period {
  readonly from: Month
  readonly until: Month
}

export const quickPeriods = ['last-twelve', 'this-year', 'last-month', 'this-month'] as const
export type QuickPeriod = (typeof quickPeriods)[number]

export function periodOf(quick: QuickPeriod, current: Month): Period {
  if (quick === 'this-month') return { from: current, until: current }
  if (quick === 'last-month') {
    const last = addMonths(current, -1)
    return { from: last, until: last }
  }
  if (quick === 'this-year') return { from: `${current.slice(0, 4)}-01` as Month, until: current }
  return { from: addMonths(current, -11), until: current }
}

/** Which quick choice this period is; several say the same in January. */
export function quickOf({ from, until }: Period, current: Month): QuickPeriod | 'own' {
  const found = quickPeriods.find((quick) => {
    const period = periodOf(quick, current)
    return period.from === from && period.until === until
  })
  return found ?? 'own'
}

/** A period never ends before it begins: what was not chosen just now gives way. */
export function withFrom({ until }: Period, from: Month): Period {
  return { from, until: until < from ? from : until }
}

export function withUntil({ from }: Period, until: Month): Period {
  return { from: from > until ? until : from, until }
}

/** 11/2026 */
export function formatMonth(month: Month): string {
  return `${Number(month.slice(5, 7))}/${month.slice(0, 4)}`
}

/** The month and those before it, the newest first, to choose from. */
export function recentMonths(current: Month, before: number): { value: Month; label: string }[] {
  return monthsFrom(addMonths(current, -before), current)
    .reverse()
    .map((value) => ({ value, label: formatMonth(value) }))
}

/** 11/26: as much as fits under a column. */
export function formatShortMonth(month: Month): string {
  return `${Number(month.slice(5, 7))}/${month.slice(2, 4)}`
}
