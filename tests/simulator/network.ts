import { protocolHeader } from '#contract/version.ts'
import { origin } from '#tests/support/world.ts'
import { actorNow, type Actor } from './scheduler.ts'
import { stage } from './stage.ts'

/** What may happen to one exchange. `at`: after how many bytes of the answer, where it is cut. */
export type Fault =
  | { readonly kind: 'lost' | 'answer lost' | 'doubled' | 'portal' }
  | { readonly kind: 'status'; readonly status: 401 | 404 | 429 | 500 | 503 }
  | { readonly kind: 'cut' | 'ended'; readonly at: number }

/** An answer of which all has come. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Far {
  readonly restores: number
  /** For whom it is asked is told with what the server does for it. */
  answer(path: string, init: RequestInit, who: string): Promise<Answered>
}

/** What one exchange brought, as the server meant it: told to whoever judges, whether it arrived or not. */
export type Heard = (path: string, request: string, status: number, body: string) => void

/** Between one tablet and the server. Every exchange waits for its turn twice: going, and coming back. */
export class Network {
  readonly cookies = new Map<string, string>()
  readonly faults: Fault[] = []
  readonly #far: Far
  readonly #heard: Heard

  constructor(far: Far, heard: Heard) {
    this.#far = far
    this.#heard = heard
  }

  readonly fetch = (async (path: string, init: RequestInit) => {
    const { scheduler } = stage
    const page = actorNow()
    if (!scheduler || !page) throw new TypeError('nobody asks')
    const fault = this.faults.shift()
    const told = fault ? ` (${wordsOf(fault)})` : ''
    await scheduler.turn(`asks ${short(path)}${told}`, page)
    if (fault?.kind === 'lost') throw new TypeError('no network')
    if (fault?.kind === 'portal') return portal()
    if (fault?.kind === 'status') return refusal(fault.status)
    const request = { ...init, headers: this.#headers(init) }
    if (fault?.kind === 'doubled') void this.#again(path, request)
    const { restores } = this.#far
    const { status, headers, text } = await this.#far.answer(path, request, page.name)
    this.#heard(path, textIn(init), status, text)
    await scheduler.turn(`hears ${status} of ${short(path)}`, page)
    const isLost = fault?.kind === 'answer lost' || restores !== this.#far.restores
    if (isLost) throw new TypeError('the network went')
    this.#keep(headers.getSetCookie())
    const at = fault && 'at' in fault ? fault.at % (text.length + 1) : null
    return new Response(bodyOf(text, status, at, fault?.kind === 'cut'), { status, headers })
  }) as typeof fetch

  /** The same bytes once more, whenever they please to arrive. */
  async #again(path: string, request: RequestInit): Promise<void> {
    const carrier: Actor = { name: 'a copy', dead: false, skew: 0 }
    await stage.scheduler?.turn(`arrives of ${short(path)}`, carrier)
    const { status, text } = await this.#far
      .answer(path, request, carrier.name)
      .catch(() => ({ status: 0, text: '' }))
    this.#heard(path, textIn(request), status, text)
  }

  #headers(init: RequestInit): Headers {
    const headers = new Headers(init.headers)
    headers.set('Origin', origin)
    headers.set(protocolHeader, '1')
    headers.set('Cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    return headers
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/;\s*/)
      const name = pair.slice(0, pair.indexOf('='))
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
      else this.cookies.set(name, pair.slice(name.length + 1))
    }
  }
}

const textIn = ({ body }: RequestInit): string => (typeof body === 'string' ? body : '')

/** Ids tell nobody anything in a history. */
const short = (path: string): string => path.replace(/[0-9a-f-]{36}/g, '…')

const wordsOf = (fault: Fault): string =>
  'at' in fault
    ? `${fault.kind} at ${fault.at}`
    : 'status' in fault
      ? String(fault.status)
      : fault.kind

const portal = (): Response =>
  new Response('<html>Welcome to our network</html>', {
    headers: { 'Content-Type': 'text/html' }
  })

const codes = {
  401: 'not-signed-in',
  404: 'not-found',
  429: 'too-many',
  500: 'internal',
  503: 'starting'
} as const

function refusal(status: keyof typeof codes): Response {
  const title = codes[status]
  return new Response(JSON.stringify({ type: 'about:blank', title, status, code: title }), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(status === 429 || status === 503 ? { 'Retry-After': '3' } : {})
    }
  })
}

/** Cut off it fails, as a lost connection does; ended, it looks as if there were no more. */
function bodyOf(text: string, status: number, at: number | null, fails: boolean): BodyInit | null {
  if (status === 204) return null
  if (at === null) return text
  const bytes = new TextEncoder().encode(text).subarray(0, at)
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes)
      if (!fails) controller.close()
    },
    pull(controller) {
      controller.error(new TypeError('the network went'))
    }
  })
}
