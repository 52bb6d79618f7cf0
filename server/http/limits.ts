import type { Context } from 'hono'
import { Problem } from './problem.ts'

export const bodyLimitBytes = 1024 * 1024

/** What the length header admits to; a body sent in chunks is counted while it is read. */
export function requireAdmittedLength(c: Context, limitBytes = bodyLimitBytes): void {
  const length = c.req.header('content-length')
  if (length !== undefined && Number(length) > limitBytes) throw new Problem('too-large')
}

/** Reads no more than the limit, however the body comes. A told length is one that HTTP itself enforces. */
export async function readBytes(c: Context, limitBytes = bodyLimitBytes): Promise<Uint8Array> {
  const length = c.req.header('content-length')
  if (length === undefined) return await readChunks(c.req.raw.body, limitBytes)
  if (Number(length) > limitBytes) throw new Problem('too-large')
  try {
    return new Uint8Array(await c.req.arrayBuffer())
  } catch {
    // The sender went away in the middle.
    throw new Problem('malformed')
  }
}

async function readChunks(
  body: ReadableStream<Uint8Array> | null,
  limitBytes: number
): Promise<Uint8Array> {
  const reader = body?.getReader()
  if (!reader) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > limitBytes) {
      await reader.cancel().catch(() => undefined)
      throw new Problem('too-large')
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks, length)
}
