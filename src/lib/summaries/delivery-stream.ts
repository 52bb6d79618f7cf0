import { parseLenient } from '#contract/lenient.ts'
import { deliveryLineSchema, type Delivery, type DeliveryLine } from '#contract/summary-request.ts'
import { failureOf, type Failure } from '#lib/http/api.ts'
import { postForLines } from '#lib/http/lines.ts'

type Done = Extract<DeliveryLine, { line: 'done' }>

export interface Archive extends Done {
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Asks for the archive and tells how far it is. An answer that is cut off may have been written down as
 * delivered: delivered once more, it is one more line of the log, and the former opens for nobody.
 */
export async function fetchDelivery(
  delivery: Delivery,
  signal: AbortSignal,
  told: (done: number, of: number) => void
): Promise<{ readonly ok: true; readonly archive: Archive } | Failure> {
  const answer = await postForLines('/api/office/summaries/delivery', delivery, signal)
  if (!answer.ok) return failureOf(answer)
  const decoder = new TextDecoder()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  try {
    for await (const bytes of answer.lines) {
      const parsed = parseLenient(deliveryLineSchema, JSON.parse(decoder.decode(bytes)) as unknown)
      if (!parsed.success) return { ok: false, away: 'not-ours' }
      const line = parsed.data
      if (line.line === 'progress') told(line.done, line.of)
      else if (line.line === 'piece') pieces.push(bytesOf(line.bytes))
      else return { ok: true, archive: { ...line, bytes: joined(pieces) } }
    }
  } catch {
    return { ok: false, away: 'offline' }
  }
  return { ok: false, away: 'offline' }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
