import { protocolHeader, protocolVersion } from '#contract/version.ts'
import { takeOutbox, type Waiting } from './stored.ts'

/** What the server takes at once (contract/push.ts), with room for what stands around the envelopes. */
export const requestLimits = { envelopes: 100, bytes: 836 * 1024 } as const

export interface Sent {
  /** The ids of what is answered for good. */
  readonly settled: readonly string[]
  readonly arrived: number
  readonly decides: number
  readonly left: number
  readonly stopped: 'away' | 'stranger' | null
}

interface Result {
  readonly id: string
  readonly outcome: string
}

const lockPatienceMilliseconds = 5000
const requestPatienceMilliseconds = 60_000

/**
 * Carries one device's outbox. What the server answers is not written down here: it answers a repeat
 * the same, so the app learns it by its own first delivery and nothing depends on this page's word.
 */
export function sendOutbox(device: string): Promise<Sent> {
  return alone(`kotikaynti-outbox-${device}`, async () => {
    const { last, waiting } = await takeOutbox(device)
    const answers = new Map<string, string>()
    const held = new Set<string>()
    let stopped: Sent['stopped'] = null
    for (const batch of batchesOf(waiting)) {
      const some = batch.filter(({ customership }) => !held.has(customership))
      if (some.length === 0) continue
      const answer = await pushPatiently(device, last, waiting, some)
      if (typeof answer === 'string') {
        stopped = answer
        break
      }
      for (const { id, outcome } of answer) answers.set(id, outcome)
      for (const { envelope, customership } of some)
        if ((answers.get(envelope.id) ?? 'retry') === 'retry') held.add(customership)
    }
    const settled = [...answers.keys()].filter((id) => answers.get(id) !== 'retry')
    const outcomes = [...answers.values()]
    const left = outcomes.filter((outcome) => outcome === 'retry').length
    const decides = outcomes.filter((outcome) => outcome === 'awaiting-decision').length
    return {
      settled,
      arrived: outcomes.length - left - decides,
      decides,
      left: left + waiting.length - outcomes.length,
      stopped
    }
  })
}

/** A page that hangs may hold the lock for ever: the server takes everything once only, so it is not waited for long. */
async function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(lockPatienceMilliseconds)
  const runs: Promise<T>[] = []
  const start = () => {
    const running = run()
    runs.push(running)
    return running
  }
  try {
    return await navigator.locks.request(name, { signal }, start)
  } catch (error) {
    if (runs.length > 0) throw error
    return run()
  }
}

/** A word never travels with a picture. */
export function batchesOf(waiting: readonly Waiting[]): Waiting[][] {
  const batches: Waiting[][] = []
  let bytes = 0
  for (const one of waiting) {
    const size = JSON.stringify(one.envelope).length + 1
    const batch = batches.at(-1)
    const fits =
      batch?.[0] &&
      batch.length < requestLimits.envelopes &&
      bytes + size <= requestLimits.bytes &&
      (batch[0].kind === 'freight') === (one.kind === 'freight')
    if (fits) batch.push(one)
    else batches.push([one])
    bytes = fits ? bytes + size : size
  }
  return batches
}

/** One envelope that the server cannot take must not hold up the others. */
async function pushPatiently(
  device: string,
  last: number,
  waiting: readonly Waiting[],
  batch: readonly Waiting[]
): Promise<Result[] | 'away' | 'stranger'> {
  const answer = await push(device, last, waiting, batch)
  if (answer !== 'unfit') return answer
  const results: Result[] = []
  for (const one of batch) {
    const single = batch.length > 1 ? await push(device, last, waiting, [one]) : answer
    if (single === 'unfit') results.push({ id: one.envelope.id, outcome: 'retry' })
    else if (typeof single === 'string') return single
    else results.push(...single)
  }
  return results
}

async function push(
  device: string,
  last: number,
  waiting: readonly Waiting[],
  batch: readonly Waiting[]
): Promise<Result[] | 'away' | 'stranger' | 'unfit'> {
  const sent = new Set(batch.map(({ seq }) => seq))
  const rest = waiting.map(({ seq }) => seq).filter((seq) => !sent.has(seq))
  const envelopes = batch.map(({ envelope }) => envelope)
  try {
    const response = await fetch('/api/sync/push', {
      method: 'POST',
      headers: {
        [protocolHeader]: String(protocolVersion),
        'Content-Type': 'application/json'
      },
      body: JSON.stringify({ device, outbox: { last, waiting: rest }, envelopes }),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(requestPatienceMilliseconds)
    })
    const isOurs = /^application\/(problem\+)?json/.test(response.headers.get('Content-Type') ?? '')
    if (!isOurs) return 'away'
    if (response.status === 404) return 'stranger'
    if ([400, 413, 415, 422].includes(response.status)) return 'unfit'
    return response.ok ? resultsIn(await response.json()) : 'away'
  } catch {
    return 'away'
  }
}

function resultsIn(value: unknown): Result[] | 'away' {
  const results = (value as { results?: unknown } | null)?.results
  return Array.isArray(results) ? (results as Result[]) : 'away'
}
