import { protocolHeader, protocolVersion, unattendedHeader } from '#contract/version.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** An answer that is no success, unread: `problem` is undefined when it is none of ours. */
export interface Refusal {
  readonly problem: unknown
  readonly retryAfterSeconds?: number
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

export async function refusalOf(response: Response): Promise<Refusal> {
  const isOurs = isOfType(response, 'application/problem+json')
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return {
    problem: isOurs ? await bodyOf(response) : undefined,
    ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {})
  }
}

export function isOfType(response: Response, type: string): boolean {
  return (response.headers.get('Content-Type') ?? '').toLowerCase().startsWith(type)
}

/** Undefined, which no schema of an answer accepts, when it is not JSON at all. */
export async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
