import { parseLenient } from '#contract/lenient.ts'
import {
  customershipFrameSchema,
  frameNames,
  frameSchema,
  type Frame,
  type FrameOf,
  type PullRequest,
  type WireEntry
} from '#contract/pull.ts'
import type { Failure } from '#lib/http/api.ts'
import { postForLines } from '#lib/http/lines.ts'

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
  /** Everything else, parts already joined. */
  frame(frame: Frame): Promise<void>
}

export type PullEnd = { readonly ok: true; readonly ended: boolean } | Failure

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
      const whole = frame.frame === 'customership' ? joinPart(parts, frame) : frame
      if (!whole) continue
      if (whole.frame === 'customership' && whole.reset) {
        const json = whole === frame ? line : new TextEncoder().encode(JSON.stringify(whole))
        batch.push({ frame: whole, json })
        bytes += json.length
        if (batch.length >= batchFrames || bytes >= batchBytes) flush()
        continue
      }
      flush()
      sealing = sealing.then(() => intake.frame(whole))
      if (whole.frame === 'end') {
        ended = true
        break
      }
    }
  } catch {
    // The network went; what came whole is kept.
  }
  flush()
  await sealing
  return ended
}

function readFrame(line: Uint8Array): Frame | 'unknown' | 'cut' {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(line))
  } catch {
    return 'cut'
  }
  const name = typeof value === 'object' && value !== null && 'frame' in value ? value.frame : null
  if (!frameNames.some((known) => known === name)) return 'unknown'
  if (name === 'customership') return readCustomership(value as { readonly entries?: unknown })
  const parsed = parseLenient(frameSchema, value)
  // A frame that does not fit stands in nobody's way: its customership comes again with the next pull.
  return parsed.success ? parsed.data : 'unknown'
}

/**
 * The frame's head by its schema; of its entries only what keeping them needs, for ten thousand may
 * come at once. Their data is parsed when a screen opens them.
 */
function readCustomership(value: {
  readonly entries?: unknown
}): FrameOf<'customership'> | 'unknown' {
  const { entries } = value
  const head = parseLenient(customershipFrameSchema, { ...value, entries: [] })
  if (!head.success || !Array.isArray(entries) || !entries.every(isWireEntry)) return 'unknown'
  return { ...head.data, entries }
}

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
