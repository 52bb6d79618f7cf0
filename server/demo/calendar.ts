import { addDays, daysBetween, instantOf, weekdayOf, type Day } from '#contract/day.ts'
import { demoFamilies, siblings, type Family } from './family.ts'
import { Seeded } from './seeded.ts'

export interface Slot {
  readonly day: Day
  readonly start: number
  readonly end: number
}

type Time = readonly [hour: number, minute: number]

const aheadDays = 14
const busyDays = 8

const daySlots: readonly Time[] = [
  [8, 15],
  [10, 30],
  [12, 45],
  [15, 0]
]

const mornings: readonly Time[] = [
  [8, 30],
  [9, 0],
  [10, 0]
]
const afternoons: readonly Time[] = [
  [13, 0],
  [13, 30],
  [14, 30]
]

const minutesByProduct: Readonly<Record<string, number>> = {
  'family-work': 90,
  'supervised-exchange': 45
}

/** Days since a Monday long past: what recurs is counted from it, so that it does not move with today. */
const countOf = (day: Day) => daysBetween('2024-01-01' as Day, day)

/** The demo worker's families without a sibling among them; every day two of these rest. */
const single = Array.from({ length: demoFamilies }, (_, index) => index).filter(
  (index) => !siblings.includes(index)
)
const rests = (turn: number, day: Day) => (countOf(day) + single.indexOf(turn)) % 2 === 0

/** Siblings are visited at one time, every day, between the others. */
const siblingSlot = 1
const singleSlots = daySlots.filter((_, at) => at !== siblingSlot)

function demoSlot({ turn, kin, split }: Family, day: Day, today: Day): Time | undefined {
  if (!split && rests(turn, day)) return undefined
  // Long ago she came less often; what is dense near today was sparse before.
  if (day < addDays(today, -busyDays) && (countOf(day) + kin) % 3 !== 1) return undefined
  if (split) return daySlots[siblingSlot]
  return singleSlots[single.filter((other) => other < turn && !rests(other, day)).length]
}

function otherSlot(family: Family, day: Day): Time | undefined {
  // Every fourth working day, so that a worker has two of her six on one day: before noon and after.
  if ((countOf(day) + family.turn + (family.index % 6)) % 4 !== 0) return undefined
  return new Seeded('slot', family.index).pick(family.turn < 4 ? mornings : afternoons)
}

/** When the family is visited, from its first day to two weeks ahead. Weekends only around today. */
export function slotsOf(family: Family, first: Day, last: Day | null, today: Day): Slot[] {
  const slots: Slot[] = []
  const end = last ?? addDays(today, aheadDays)
  for (let day = first; day <= end; day = addDays(day, 1)) {
    const isNear = Math.abs(daysBetween(today, day)) <= 1
    if (weekdayOf(day) > 5 && !isNear) continue
    const time =
      family.index < demoFamilies
        ? demoSlot(family, day, today)
        : otherSlot(family, day)
    if (!time) continue
    const start = instantOf(day, ...time)
    const minutes = minutesByProduct[family.product] ?? 120
    slots.push({ day, start, end: start + minutes * 60_000 })
  }
  return slots
}
