import { toMoment } from '#contract/day.ts'
import type { Exception, ExceptionCode } from '#contract/exception.ts'
import type { UserId } from '#contract/id.ts'
import type { Refusal } from './refusal.ts'

/** What a change goes beyond, and at which field of the request. */
export interface Beyond {
  readonly path: readonly (string | number)[]
  readonly code: ExceptionCode
}

/**
 * §6: what goes beyond what was granted or agreed is said before it is saved, possible with a reason, and
 * visible afterwards: the answer is a refusal that names it, or what to spread into the entry.
 */
export function requireReason(
  beyond: readonly Beyond[],
  reason: string | undefined,
  by: UserId,
  now: number
): { readonly refusal: Refusal } | { readonly exception?: Exception } {
  if (beyond.length === 0) return {}
  if (reason === undefined)
    return {
      refusal: {
        code: 'needs-reason',
        issues: beyond.map(({ path, code }) => ({ path: [...path], code }))
      }
    }
  const codes = [...new Set(beyond.map(({ code }) => code))]
  return { exception: { codes, reason, by, at: toMoment(now) } }
}
