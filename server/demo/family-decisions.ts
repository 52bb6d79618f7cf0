import { addDays, daysBetween, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import type { EntryId } from '#contract/id.ts'
import { demoFamilies, type Family } from './family.ts'
import { organisers } from './provider.ts'
import { Seeded } from './seeded.ts'

export interface DecisionEntry {
  readonly id: EntryId
  readonly data: Decision
}

const goals: Readonly<Record<string, readonly string[]>> = {
  'home-service': [
    'Vanhempi saa levätä kerran viikossa',
    'Arjen rytmi vakiintuu: ruoka, ulkoilu ja uni',
    'Lapset ulkoilevat päivittäin'
  ],
  'family-work': [
    'Iltarytmi rauhoittuu',
    'Vanhempi saa keinoja kiukkutilanteisiin',
    'Yhteistä leikkiä joka päivä'
  ],
  'support-person': ['Lapsi löytää mieluisan harrastuksen', 'Luotettava aikuinen lapsen rinnalle'],
  'childcare-help': ['Vanhemman työvuorot onnistuvat', 'Hoito omassa kodissa']
}

const meetingGoals = ['Lapsi tapaa vanhempaansa turvallisesti']

type Grant = Pick<Decision, 'grantedMinutes' | 'grantedPer'>

function grantOf(family: Family): Grant {
  if (family.case === 'overrun') return { grantedMinutes: 10 * 60, grantedPer: 'total' }
  if (family.index < demoFamilies) return { grantedMinutes: 40 * 60, grantedPer: 'month' }
  if (family.index % 5 === 0) return { grantedMinutes: 6 * 60, grantedPer: 'week' }
  if (family.index % 7 === 0) return { grantedMinutes: 200 * 60, grantedPer: 'total' }
  return { grantedMinutes: 20 * 60, grantedPer: 'month' }
}

/** The last day of the decision in force, as it stands on `today`. */
export function lastValidDay(family: Family, today: Day): Day {
  if (family.case === 'expiring') return addDays(today, 12)
  return addDays(today, 150 + (family.index % 5) * 20)
}

/** Half a year of decisions: for most families one, for some a former one that ended. */
export function decisionsOf(family: Family, first: Day, last: Day | null, today: Day): DecisionEntry[] {
  const seeded = new Seeded('decisions', family.kin)
  const base = {
    organiser: seeded.pick(organisers).id,
    controller: 'organiser',
    product: family.product,
    funding: seeded.pick(['voucher', 'purchased', 'purchased'] as const),
    goals: seeded.some(goals[family.product] ?? meetingGoals, 2),
    ...grantOf(family)
  } as const
  const entry = (nth: number, from: Day, until: Day): DecisionEntry => ({
    id: new Seeded('decision', family.index, nth).entryId(Date.UTC(2025, 0, 8)),
    data: { ...base, number: `KP-${family.index + 101}/${nth}`, from, until }
  })
  const until = last ?? lastValidDay(family, today)
  const isRenewed =
    family.index % 3 === 0 && family.case === null && daysBetween(first, today) > 140
  if (!isRenewed) return [entry(1, first, until)]
  const renewal = addDays(first, 100)
  return [entry(1, first, addDays(renewal, -1)), entry(2, renewal, until)]
}
