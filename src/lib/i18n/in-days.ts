import { say } from './say.ts'

/** tänään, huomenna, 5 päivän päästä; a day that has passed says how long ago. */
export function inDays(count: number): string {
  if (count === 0) return say('in-days.today')
  if (count === 1) return say('in-days.tomorrow')
  return count < 0 ? say('in-days.ago', { count: -count }) : say('in-days.later', { count })
}
