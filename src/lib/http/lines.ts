import { isOfType, refusalOf, request, type Refusal } from './request.ts'

/** The vault's worker reads these, so what is refused is handed on unread: whoever asked parses it. */
export type Unanswered =
  | { readonly ok: false; readonly refusal: Refusal }
  | { readonly ok: false; readonly away: 'offline' | 'not-ours' }

/** A stream of lines, as bytes: each is parsed by whoever needs it, and can be sealed as it came. */
export async function postForLines(
  path: string,
  body: unknown,
  signal: AbortSignal
): Promise<
  { readonly ok: true; readonly lines: AsyncIterable<Uint8Array<ArrayBuffer>> } | Unanswered
> {
  try {
    const response = await request('POST', path, body, signal)
    if (!response.ok) return { ok: false, refusal: await refusalOf(response) }
    if (!response.body || !isOfType(response, 'application/x-ndjson')) {
      return { ok: false, away: 'not-ours' }
    }
    return { ok: true, lines: linesOf(response.body) }
  } catch {
    return { ok: false, away: 'offline' }
  }
}

const newline = 0x0a

/** What follows the last line break is left out: a line without its end was cut off. */
export async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  let begun: Uint8Array<ArrayBuffer>[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      let from = 0
      for (let end = value.indexOf(newline); end !== -1; end = value.indexOf(newline, from)) {
        begun.push(value.subarray(from, end))
        const line = joined(begun)
        begun = []
        from = end + 1
        if (line.length > 0) yield line
      }
      if (from < value.length) begun.push(value.subarray(from))
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const only = pieces[0]
  if (pieces.length === 1 && only) return only
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
