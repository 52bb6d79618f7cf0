import type { Envelope } from '#contract/envelope.ts'
import type { PushRequest } from '#contract/push.ts'

type Reply = (path: string, body: unknown) => Response | Promise<Response>

/** Stands where the network is, for the tablet's side alone; the whole way is tried elsewhere. */
export function answerWith(reply: Reply): void {
  globalThis.fetch = async (input, init) => {
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    return reply(input instanceof Request ? input.url : input.toString(), body)
  }
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': status < 400 ? 'application/json' : 'application/problem+json',
      ...headers
    }
  })

export const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ type: 'about:blank', title: code, status, code }, status, headers)

export const envelopesIn = (body: unknown): Envelope[] =>
  (body as PushRequest).envelopes as unknown as Envelope[]

export const applied = (body: unknown, more: object = {}) =>
  json({
    safeThrough: null,
    results: envelopesIn(body).map(({ id }) => ({
      id,
      outcome: 'applied',
      revision: 9,
      at: '2026-11-22T10:00:00.000Z',
      ...more
    }))
  })
