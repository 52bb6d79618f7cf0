import type { SlowLine } from './slow-line.ts'

/** What becomes of a request on its way. */
export type Fault =
  /** Somebody else's page answers in the server's stead, and says 200. */
  | { readonly does: 'portal' }
  /** The server is in trouble, and says so. */
  | { readonly does: 'trouble' }
  /** Nobody ever asks the server. `problem`: in its own words; `page`: as whoever stands before it says it. */
  | {
      readonly does: 'answer'
      readonly status: Status
      readonly as: 'problem' | 'page'
      readonly retryAfterSeconds?: number
    }
  /** The line is dead. */
  | { readonly does: 'refuse' }
  /** So many lines of the answer come through, and a piece of the next; then the line is dead. */
  | { readonly does: 'cut'; readonly afterLines: number; readonly when: Promise<void> }
  /** So many bytes of the answer come through; then the line is dead, or the answer ends as if that were all. */
  | { readonly does: 'truncate'; readonly afterBytes: number; readonly looksWhole: boolean }
  /** The server has the request, or has answered it, and nobody ever hears the answer. */
  | { readonly does: 'lose'; readonly once: 'sent' | 'answered'; readonly then: () => void }
  /** The server has answered, and the answer comes when it may: whole, or never. */
  | { readonly does: 'hold'; readonly until: Promise<void>; readonly lost: boolean }
  /** The same bytes come to the server twice, side by side; one of its answers is heard. */
  | { readonly does: 'twice' }
  | { readonly does: 'slow'; readonly line: SlowLine }
  | { readonly does: 'change'; readonly change: (text: string) => string }

/** What the server's own words for each status are, in its stead. */
const codes = {
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  422: 'invalid',
  429: 'too-many',
  500: 'internal',
  503: 'store-unavailable'
} as const

export type Status = keyof typeof codes
export const statuses = Object.keys(codes).map(Number) as Status[]

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const portal = '<!doctype html><title>WLAN</title><h1>Hyväksy käyttöehdot</h1>'
const login = '<!doctype html><title>Kirjaudu</title><form><input type="password"></form>'

/** Who answers in the server's stead, if anybody does. */
export function falseAnswer(fault: Fault | null): Answer | null {
  if (fault?.does === 'portal') return page(200, portal)
  if (fault?.does === 'trouble') return problem(503)
  if (fault?.does !== 'answer') return null
  const { status, as, retryAfterSeconds } = fault
  const answer = as === 'page' ? page(status, login) : problem(status)
  if (retryAfterSeconds === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfterSeconds) } }
}

const page = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body
})

function problem(status: Status): Answer {
  const code = codes[status]
  const body = JSON.stringify({ type: 'about:blank', title: code, status, code })
  return { status, headers: { 'Content-Type': 'application/problem+json' }, body }
}
