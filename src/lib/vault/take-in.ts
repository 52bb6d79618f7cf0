import type { FrameOf, PullRequest, WireEntry } from '#contract/pull.ts'
import { postForLines, type Unanswered } from '#lib/http/lines.ts'

/**
 * Reads the server's stream beside the page. A customership that came whole is handed on for
 * sealing as the very bytes that arrived, so that nothing is written out a second time.
 */
export interface Whole {
  readonly frame: FrameOf<'customership'>
  readonly json: Uint8Array
}

export interface Intake {
  /** Customerships that replace what is held. */
  wholes(batch: readonly Whole[]): Promise<void>
  /** What is newer of a customership, parts already joined. */
  newer(frame: FrameOf<'customership'>): Promise<void>
  /** Everything else, as it came: whoever applies it parses it. */
  frame(frame: unknown): Promise<void>
}

export type PullEnd = { readonly ok: true; readonly ended: boolean } | Unanswered

const batchFrames = 8
const batchBytes = 1_500_000

export async function takeIn(
  body: PullRequest,
  intake: Intake,
  signal: AbortSignal
): Promise<PullEnd> {
  const answer = await postForLines('/api/sync/pull', body, signal)
  if (!answer.ok) return answer
  return { ok: true, ended: await readFrames(answer.lines, intake) }
}

/** True when the stream had its end. What came before a cut stands; parts of it are dropped. */
export async function readFrames(
  lines: AsyncIterable<Uint8Array>,
  intake: Intake
): Promise<boolean> {
  const parts = new Map<string, FrameOf<'customership'>>()
  let batch: Whole[] = []
  let bytes = 0
  // Reading goes on while a batch is being sealed; the order stays.
  let sealing = Promise.resolve()
  const flush = () => {
    const ready = batch
    batch = []
    bytes = 0
    if (ready.length > 0) sealing = sealing.then(() => intake.wholes(ready))
  }
  let ended = false
  try {
    for await (const line of lines) {
      const frame = readFrame(line)
      if (frame === 'unknown') continue
      if (frame === 'cut') break
      if (!isOfCustomership(frame)) {
        flush()
        sealing = sealing.then(() => intake.frame(frame))
        ended = frame.frame === 'end'
        if (ended) break
        continue
      }
      const whole = joinPart(parts, frame)
      if (!whole) continue
      if (!whole.reset) {
        flush()
        sealing = sealing.then(() => intake.newer(whole))
        continue
      }
      const json = whole === frame ? line : new TextEncoder().encode(JSON.stringify(whole))
      batch.push({ frame: whole, json })
      bytes += json.length
      if (batch.length >= batchFrames || bytes >= batchBytes) flush()
    }
  } catch {
    // The network went; what came whole is kept.
  }
  flush()
  await sealing
  return ended
}

interface Named {
  readonly frame: string
}

const isOfCustomership = (frame: Named): frame is FrameOf<'customership'> =>
  frame.frame === 'customership'

function readFrame(line: Uint8Array): Named | 'unknown' | 'cut' {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(line))
  } catch {
    return 'cut'
  }
  if (typeof value !== 'object' || value === null || !('frame' in value)) return 'unknown'
  if (value.frame === 'customership') return readCustomership(value)
  return typeof value.frame === 'string' ? { ...value, frame: value.frame } : 'unknown'
}

/**
 * The frame's head, and of its entries only what keeping them needs, for ten thousand may come at
 * once: their data is parsed when a screen opens them. By hand, since the worker that holds keys
 * carries no schemas. One that does not fit stands in nobody's way: it comes again with the next pull.
 */
function readCustomership(
  value: Partial<Record<keyof FrameOf<'customership'>, unknown>>
): FrameOf<'customership'> | 'unknown' {
  const { id, revision, view, reset, purgeAfter, restrictedOn, entries, part, last } = value
  const fits =
    typeof id === 'string' &&
    isUuid.test(id) &&
    Number.isInteger(revision) &&
    typeof view === 'string' &&
    typeof reset === 'boolean' &&
    (purgeAfter === null || (typeof purgeAfter === 'string' && isDay.test(purgeAfter))) &&
    (restrictedOn === undefined ||
      (typeof restrictedOn === 'string' && isDay.test(restrictedOn))) &&
    (part === undefined || Number.isInteger(part)) &&
    (last === undefined || typeof last === 'boolean') &&
    Array.isArray(entries) &&
    entries.every(isWireEntry)
  if (!fits) return 'unknown'
  const parts = { ...(part === undefined ? {} : { part }), ...(last === undefined ? {} : { last }) }
  const restriction = restrictedOn === undefined ? {} : { restrictedOn }
  const own = { id, revision, view, reset, purgeAfter, ...restriction }
  const head = { frame: 'customership', ...own, entries, ...parts }
  return head as FrameOf<'customership'>
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isDay = /^\d{4}-\d{2}-\d{2}$/

function isWireEntry(value: unknown): value is WireEntry {
  if (typeof value !== 'object' || value === null) return false
  const { id, revision, removed, kind, data } = value as Partial<Record<string, unknown>>
  if (typeof id !== 'string' || !Number.isInteger(revision)) return false
  return removed === true || (typeof kind === 'string' && typeof data === 'object' && data !== null)
}

/** Null until the last part is here: a customership is seen at one revision or not at all. */
function joinPart(
  parts: Map<string, FrameOf<'customership'>>,
  frame: FrameOf<'customership'>
): FrameOf<'customership'> | null {
  if (frame.part === undefined) return frame
  const begun = parts.get(frame.id)
  const fits = begun?.revision === frame.revision && begun.part === frame.part - 1
  if (frame.part > 1 && !fits) return null
  const joined =
    begun && frame.part > 1 ? { ...frame, entries: [...begun.entries, ...frame.entries] } : frame
  if (frame.last !== true) {
    parts.set(frame.id, joined)
    return null
  }
  parts.delete(frame.id)
  const { part: _part, last: _last, ...whole } = joined
  return whole
}
