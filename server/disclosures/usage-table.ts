import { wallTimeAt } from '#contract/day.ts'
import { csvOf } from '#contract/csv.ts'
import type { PackageSource } from './package-source.ts'
import { PackageWords } from './package-words.ts'

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** §5: who used the data of this customership, when and for what; of no other. */
export function usageTable(source: PackageSource): string {
  const words = new PackageWords(source)
  const head = [
    words.say('usage.at'),
    words.say('usage.who'),
    words.say('usage.what'),
    words.say('usage.purpose')
  ]
  const rows = source.uses
    .filter(({ customership }) => customership === source.facts.id)
    .map(({ at, user, kind, purpose }) => [
      momentText(at),
      user ? words.name(user) : words.say('usage.server'),
      words.say(`usage-kind.${kind}`),
      purpose ? words.say(`purpose.${purpose}`) : ''
    ])
  return csvOf([head, ...rows])
}

/** 2026-11-22 09:05:00, as the clock showed in Finland: it sorts, and spreadsheets know it. */
export function momentText(at: number): string {
  const { day, hour, minute, second } = wallTimeAt(at)
  return `${day} ${[hour, minute, second].map(twoDigits).join(':')}`
}
