import * as z from 'zod/mini'
import { parseLenient } from '#contract/lenient.ts'
import { problemSchema, type ProblemDocument } from '#contract/problem.ts'
import { protocolHeader, protocolVersion, unattendedHeader } from '#contract/version.ts'

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

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

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
    if (!response.ok) return await failureOf(response)
    const value: unknown = response.status === 204 ? undefined : await jsonOf(response)
    const parsed = parseLenient(schema, value)
    return parsed.success ? { ok: true, data: parsed.data } : { ok: false, away: 'not-ours' }
  } catch {
    return { ok: false, away: 'offline' }
  }
}

export function request(
  method: Method,
  path: string,
  body: unknown,
  signal: AbortSignal,
  {
    unattended = false,
    keepalive = false
  }: { readonly unattended?: boolean; readonly keepalive?: boolean } = {}
): Promise<Response> {
  const isFile = body instanceof Uint8Array
  return fetch(path, {
    method,
    headers: {
      [protocolHeader]: String(protocolVersion),
      ...(unattended ? { [unattendedHeader]: '1' } : {}),
      ...(body === undefined
        ? {}
        : { 'Content-Type': `application/${isFile ? 'octet-stream' : 'json'}` })
    },
    ...(body === undefined
      ? {}
      : { body: isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    credentials: 'same-origin',
    cache: 'no-store',
    keepalive,
    signal
  })
}

export async function failureOf(response: Response): Promise<Failure> {
  if (!isOfType(response, 'application/problem+json')) return { ok: false, away: 'not-ours' }
  const parsed = parseLenient(problemSchema, await jsonOf(response))
  if (!parsed.success) return { ok: false, away: 'not-ours' }
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return {
    ok: false,
    problem: parsed.data,
    ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {})
  }
}

export function isOfType(response: Response, type: string): boolean {
  return (response.headers.get('Content-Type') ?? '').toLowerCase().startsWith(type)
}

/** Undefined, which no schema of an answer accepts, when it is not JSON at all. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
