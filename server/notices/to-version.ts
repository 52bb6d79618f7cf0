import type { NoticeVersion } from '#contract/notice.ts'
import type { FrozenNotice } from '#server/store/notices.ts'

/** What anybody is told of a version beside its text. */
export function toVersion(notice: FrozenNotice): NoticeVersion {
  const { version, effectiveFrom, isSignificant, summary } = notice
  return { version, effectiveFrom, isSignificant, summary }
}
