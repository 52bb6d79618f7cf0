import { dayAt } from '#contract/day.ts'
import { noticeToAcknowledge } from '#contract/notice-in-force.ts'
import { publishedNotices, type Organisation } from '#contract/settings.ts'
import type { Pending } from '#contract/session.ts'

const dayMilliseconds = 86_400_000
const renewDaysUnlessTold = 365

interface Done {
  readonly mustChangePassword: boolean
  readonly pledgedAt: number | null
  readonly trainedAt: number | null
  readonly noticeVersion: number | null
}

/**
 * §12, §14: what a user must do before client data opens. The pledge and the training are renewed; the
 * notice is read again when a significant version has come into force.
 */
export function pendingOf(user: Done, organisation: Organisation | null, now: number): Pending[] {
  const renewDays = organisation?.policy.renewDays ?? renewDaysUnlessTold
  const lapsed = (at: number | null) => at === null || now >= at + renewDays * dayMilliseconds
  const published = organisation ? publishedNotices(organisation) : []
  const unread = noticeToAcknowledge(published, user.noticeVersion, dayAt(now))
  const pending: Pending[] = []
  if (user.mustChangePassword) pending.push('change-password')
  if (lapsed(user.pledgedAt)) pending.push('secrecy-pledge')
  if (lapsed(user.trainedAt)) pending.push('training')
  if (unread !== null) pending.push('notice')
  return pending
}
