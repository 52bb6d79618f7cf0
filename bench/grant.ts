import { addDays, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'

/** Half a year of home service before the day and after it. */
export const grantAround = (today: Day): Decision => ({
  organiser: 'mallikunta',
  controller: 'organiser',
  product: 'home-service',
  funding: 'purchased',
  from: addDays(today, -180),
  until: addDays(today, 180),
  grantedMinutes: 2400,
  grantedPer: 'month',
  goals: ['Arjen sujuminen']
})
