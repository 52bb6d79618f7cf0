import * as z from 'zod/mini'
import { parseLenient } from '#contract/lenient.ts'
import { problemSchema, type ProblemDocument } from '#contract/problem.ts'
import type { Unanswered } from './lines.ts'
import { bodyOf, refusalOf, request, type Method, type Refusal } from './request.ts'

// The page's policy forbids eval; without this the parser would try it once and leave a report.
z.config({ jitless: true })

/**
 * The one way to the server, same origin only. Whatever is not an answer of ours (no network, a
 * captive portal's page) is `away`: nobody may take it for a refusal.
 */
export type Failure =
  | { readonly ok: false; readonly problem: ProblemDocument; readonly retryAfterSeconds?: number }
  | { readonly ok: false; readonly away: 'offline' | 'not-ours' }
export type Answer<T> = { readonly ok: true; readonly data: T } | Failure

const patienceMilliseconds = 30_000
/** A page of a paper over a slow link. */
const filePatienceMilliseconds = 300_000

export async function api<S extends z.ZodMiniType>(
  method: Method,
  path: string,
  body: unknown,
  schema: S,
  o: { readonly unattended?: boolean; readonly longer?: number; readonly keepalive?: boolean } = {}
): Promise<Answer<z.output<S>>> {
  try {
    const isFile = body instanceof Uint8Array
    const usual = isFile ? filePatienceMilliseconds : patienceMilliseconds
    const patience = AbortSignal.timeout(usual + (o.longer ?? 0))
    const response = await request(method, path, body, patience, o)
    if (!response.ok) return failureIn(await refusalOf(response))
    const value: unknown = response.status === 204 ? undefined : await bodyOf(response)
    const parsed = parseLenient(schema, value)
    return parsed.success ? { ok: true, data: parsed.data } : { ok: false, away: 'not-ours' }
  } catch {
    return { ok: false, away: 'offline' }
  }
}

/** Why a stream of lines did not come. */
export const failureOf = (unanswered: Unanswered): Failure =>
  'refusal' in unanswered ? failureIn(unanswered.refusal) : unanswered

/** What an answer that is no success means. */
export function failureIn({ problem, retryAfterSeconds }: Refusal): Failure {
  const parsed = parseLenient(problemSchema, problem)
  if (!parsed.success) return { ok: false, away: 'not-ours' }
  return {
    ok: false,
    problem: parsed.data,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
  }
}
