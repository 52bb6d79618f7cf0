import type { Moment } from '#contract/day.ts'
import type { Pending } from '#contract/session.ts'
import type { UserSummary } from '#contract/user.ts'

export interface Duty {
  readonly duty: Pending
  readonly doneAt: Moment | null
  /** What was read; of the notice alone. */
  readonly version: number | null
  readonly isPending: boolean
}

/** §12, §14: what each has done before client data opens to them, and what is still to be done. */
export function dutiesOf(user: UserSummary): Duty[] {
  const duty = (duty: Pending, doneAt: Moment | null, version: number | null = null): Duty => ({
    duty,
    doneAt,
    version,
    isPending: user.pending.includes(duty)
  })
  return [
    ...(user.pending.includes('change-password') ? [duty('change-password', null)] : []),
    duty('secrecy-pledge', user.pledgedAt),
    duty('training', user.trainedAt),
    duty('notice', user.noticeAt, user.noticeVersion)
  ]
}
