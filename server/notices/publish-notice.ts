import { dayAt } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import { changedHeadings } from '#contract/notice-difference.ts'
import { composeNotice } from '#contract/notice-text.ts'
import type { PublishRequest } from '#contract/notice.ts'
import type { ProblemCode, Issue } from '#contract/problem.ts'
import { publishedNotices, type Organisation } from '#contract/settings.ts'
import { noticeSettings } from '#server/store/notices.ts'
import type { Store } from '#server/store/store.ts'

export type Published =
  | { readonly revision: number; readonly version: number }
  | { readonly code: ProblemCode; readonly issues?: Issue[] }

/** Kept from the day on: what was in force yesterday stays what it was, and no version comes before the one before it. */
function wrongDay(organisation: Organisation, { effectiveFrom }: PublishRequest, now: number) {
  if (effectiveFrom < dayAt(now)) return 'past'
  return effectiveFrom < organisation.notice.effectiveFrom ? 'before-former' : null
}

/**
 * §14: the draft of the settings that were seen becomes a version, frozen in every language. A significant
 * one is told to everybody: each user acknowledges it once its day has come, and each client stands on a
 * list from now on. Of two who publish at once, the second has seen settings that are no more.
 */
export function publishNotice(
  store: Store,
  asked: PublishRequest,
  by: UserId,
  now: number
): Promise<Published> {
  return store.register.transact(async () => {
    const { revision: current, organisation } = await store.organisation.read()
    if (!organisation) return { code: 'not-found' }
    if (current !== asked.based) return { code: 'conflict' }
    const day = wrongDay(organisation, asked, now)
    if (day) return { code: 'invalid', issues: [{ path: ['effectiveFrom'], code: day }] }

    const former = (await store.notices.list()).at(-1)
    const version = (former?.version ?? organisation.notice.version) + 1
    const settings = noticeSettings(organisation)
    const text = composeNotice(settings, version)
    const languages = ['fi', 'sv', 'en'] as const
    if (
      former &&
      languages.every((one) => changedHeadings(former.text[one], text[one]).length === 0)
    )
      return { code: 'invalid', issues: [{ path: [], code: 'unchanged' }] }

    const { effectiveFrom, significant: summary } = asked
    const isSignificant = summary !== null
    const dates = { version, effectiveFrom, isSignificant }
    const revision = await store.organisation.replace(asked.based, {
      ...organisation,
      notice: { version, effectiveFrom },
      notices: [...publishedNotices(organisation), dates]
    })
    if (revision === null) return { code: 'conflict' }
    await store.notices.freeze({ ...dates, publishedAt: now, by, settings, text, summary })
    // Whoever publishes it has read it.
    await store.users.change(by, { noticeVersion: version, noticeAt: now })
    if (isSignificant) {
      const clients = await store.register.list({ states: ['active', 'ending'] })
      await store.notices.mustTell(
        version,
        clients.map(({ id }) => id)
      )
    }
    return { revision, version }
  })
}
