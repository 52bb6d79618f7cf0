import { request as askPlain, type IncomingMessage } from 'node:http'
import { request as askSecure } from 'node:https'
import { checkServerIdentity, TLSSocket, type PeerCertificate } from 'node:tls'
import * as z from 'zod/mini'
import { healthSchema } from '#contract/office.ts'

/** What the address that browsers use answers, asked from this machine. */
export interface OriginAnswer {
  readonly origin: string
  /** Null: it was reached. Else the system's code, such as `ECONNREFUSED`. */
  readonly failure: string | null
  readonly status: number
  /** The version that its health tells; null: it is not our health. */
  readonly version: string | null
  readonly isStrict: boolean
  /** What its `Date` header says, milliseconds since 1970. */
  readonly date: number | null
  readonly certificate: Shown | null
}

interface Shown {
  readonly from: number
  readonly until: number
  /** Why whoever asks would not trust it, by the system's code; null: they would. */
  readonly distrust: string | null
  readonly isOfAnotherHost: boolean
}

const patienceMilliseconds = 5000
const mostBytes = 10_000

export function askOrigins(origins: readonly string[]): Promise<OriginAnswer[]> {
  return Promise.all(origins.map((origin) => ask(origin)))
}

function ask(origin: string): Promise<OriginAnswer> {
  const url = new URL('/api/health', origin)
  const isSecure = url.protocol === 'https:'
  return new Promise((resolve) => {
    const fail = (failure: string) => {
      resolve({ ...nothing, origin, failure })
    }
    const answered = (answer: IncomingMessage) => {
      read(answer).then(
        (text) => resolve({ ...told(answer, text, url.hostname), origin, failure: null }),
        () => fail('ECONNRESET')
      )
    }
    // A certificate that nobody trusts is looked at too: it is what is to be told.
    const asking = isSecure
      ? askSecure(url, { rejectUnauthorized: false, agent: false }, answered)
      : askPlain(url, { agent: false }, answered)
    asking.setTimeout(patienceMilliseconds, () => asking.destroy(new Error('late')))
    asking.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code ?? 'ETIMEDOUT')
    })
    asking.end()
  })
}

const nothing = { status: 0, version: null, isStrict: false, date: null, certificate: null }

async function read(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8')
    if (text.length > mostBytes) break
  }
  return text
}

function told(answer: IncomingMessage, text: string, host: string) {
  const { socket, headers, statusCode: status = 0 } = answer
  const date = Date.parse(headers.date ?? '')
  return {
    status,
    version: versionIn(text),
    isStrict: headers['strict-transport-security'] !== undefined,
    date: Number.isNaN(date) ? null : date,
    certificate: socket instanceof TLSSocket ? shown(socket, host) : null
  }
}

function versionIn(text: string): string | null {
  try {
    return z.safeParse(healthSchema, JSON.parse(text)).data?.version ?? null
  } catch {
    // Whoever answers here does not speak JSON.
    return null
  }
}

function shown(socket: TLSSocket, host: string): Shown | null {
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate()
  const { valid_from: from, valid_to: until } = certificate
  if (from === undefined || until === undefined) return null
  return {
    from: Date.parse(from),
    until: Date.parse(until),
    distrust: socket.authorized ? null : String(socket.authorizationError),
    isOfAnotherHost: checkServerIdentity(host, certificate as PeerCertificate) !== undefined
  }
}
