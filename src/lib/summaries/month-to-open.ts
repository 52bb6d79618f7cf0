import { addMonths, type Month } from '#contract/month.ts'
import type { SummariesAnswer } from '#contract/summary-request.ts'

/**
 * §10: a month can be approved only once it is over. So the last whole one is what is worked on, until all of
 * it is with the organisers, however late that is; then, and where it has nothing, the one that is running.
 */
export function monthToOpen(running: Month, last: Pick<SummariesAnswer, 'lines'>): Month {
  const isDone = last.lines.every(({ state }) => state === 'delivered')
  return isDone ? running : addMonths(running, -1)
}
