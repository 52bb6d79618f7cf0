import { dayAt } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import { noticeInForce } from '#contract/notice-in-force.ts'
import type { Pending } from '#contract/session.ts'
import { publishedNotices } from '#contract/settings.ts'
import type { Store } from '#server/store/store.ts'
import { takeNewPassword } from './new-password.ts'

/** §12, §14: records that the user has pledged, is trained, knows the notice, or has a new password. */
export async function doPending(
  store: Store,
  by: { user: UserId; session: string },
  step:
    { done: Exclude<Pending, 'change-password'> } | { done: 'change-password'; password: string },
  now: number
): Promise<void> {
  switch (step.done) {
    case 'secrecy-pledge':
      await store.users.change(by.user, { pledgedAt: now })
      return
    case 'training':
      await store.users.change(by.user, { trainedAt: now })
      return
    case 'notice': {
      const { organisation } = await store.organisation.read()
      const published = organisation ? publishedNotices(organisation) : []
      const noticeVersion = noticeInForce(published, dayAt(now))?.version ?? 0
      await store.users.change(by.user, { noticeVersion, noticeAt: now })
      return
    }
    case 'change-password':
      await takeNewPassword(store, by.user, step.password, by.session)
  }
}
