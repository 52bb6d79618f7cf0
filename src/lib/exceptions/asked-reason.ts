import { exceptionCodeSchema, type ExceptionCode } from '#contract/exception.ts'
import type { Answer } from '#lib/http/api.ts'

/** What the server wants a reason for; empty when it asks for none. */
export function reasonAskedFor(answer: Answer<unknown>): ExceptionCode[] {
  if (answer.ok || 'away' in answer || answer.problem.code !== 'needs-reason') return []
  const codes = (answer.problem.issues ?? []).flatMap(({ code }) => {
    const known = exceptionCodeSchema.safeParse(code)
    return known.success ? [known.data] : []
  })
  return [...new Set(codes)]
}
