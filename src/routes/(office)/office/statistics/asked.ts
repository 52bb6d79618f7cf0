import type { Month } from '#contract/month.ts'
import type { Breakdown, Filter } from '#lib/statistics/lines.ts'
import type { Period } from '#lib/statistics/period.ts'

type Named = Filter & { readonly key: string }

/** What of the statistics is looked at, and how it is called. */
export interface Asked {
  readonly period: Period
  readonly filter: Filter
  readonly breakdown: Breakdown
  /** Organisers, products and months, in words. */
  readonly scope: string
  /** What a line is. */
  readonly heading: string
  readonly nameOf: (line: Named) => string
  /** Months as they go, everything else by its name. */
  readonly inOrder: <L extends Named>(lines: readonly L[]) => L[]
}

export interface Names {
  readonly organiser: (id: string) => string
  readonly product: (id: string) => string
  readonly month: (month: Month) => string
}

export function lineName(breakdown: Breakdown, names: Names, { key, organiser, product }: Named) {
  if (breakdown === 'month') return names.month(key as Month)
  return [
    ...(breakdown !== 'product' && organiser ? [names.organiser(organiser)] : []),
    ...(breakdown !== 'organiser' && product ? [names.product(product)] : [])
  ].join(', ')
}
