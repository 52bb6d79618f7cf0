import {
  linesBy,
  sumOfPeriod,
  sumLines,
  type Breakdown,
  type Filter,
  type Line,
  type ToldMonths
} from './lines.ts'
import type { VisitNumber } from './told-months.ts'

export type Visits = ToldMonths<VisitNumber>
export type Granted = ToldMonths<'grantedMinutes'>

/** What was granted and what was billed of the same place and time. Each is hidden by its own clients. */
export interface Comparison extends Filter {
  readonly key: string
  readonly granted: Line<'grantedMinutes'>
  readonly used: Line<VisitNumber>
}

/** Where only one of the two is, the other is nothing. */
export function compareBy(
  breakdown: Breakdown,
  visits: Visits,
  granted: Granted,
  filter: Filter
): Comparison[] {
  const grants = new Map(linesBy(breakdown, granted, filter).map((line) => [line.key, line]))
  const uses = new Map(linesBy(breakdown, visits, filter).map((line) => [line.key, line]))
  return [...new Set([...grants.keys(), ...uses.keys()])].flatMap((key) => {
    const place = grants.get(key) ?? uses.get(key)
    if (!place) return []
    const { organiser, product } = place
    return [
      {
        ...{ key, organiser, product },
        granted: grants.get(key) ?? sumLines(granted.names, key, []),
        used: uses.get(key) ?? sumLines(visits.names, key, [])
      }
    ]
  })
}

export const compareSums = (visits: Visits, granted: Granted, filter: Filter): Comparison => ({
  ...filter,
  key: 'sum',
  granted: sumOfPeriod(granted, filter),
  used: sumOfPeriod(visits, filter)
})

/** How much of what was granted was used, 0–1 and more; null where either is not told whole. */
export function usedShare({ granted, used }: Comparison): number | null {
  const [whole, part] = [granted.numbers.grantedMinutes, used.numbers.billableMinutes]
  if (!whole || !part || whole.isShort || part.isShort || whole.told === 0) return null
  return part.told / whole.told
}
