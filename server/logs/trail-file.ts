import { checkpointLine, trailHead, trailText } from '#contract/trail.ts'
import { makeCheckpoint } from '#server/audit/checkpoint.ts'
import { pagesOf } from '#server/audit/check-trail.ts'
import type { Parts } from '#server/http/parts.ts'

/** SECURITY 19: the whole trail as `npm run audit:verify` reads it. It holds hashes, and nobody's data. */
export async function* trailFile(
  parts: Pick<Parts, 'store' | 'keyStore' | 'clock'>
): AsyncGenerator<Uint8Array> {
  const closing = await makeCheckpoint(parts)
  const encoder = new TextEncoder()
  yield encoder.encode(`${trailHead}\n`)
  for await (const page of pagesOf(parts.store, closing))
    yield encoder.encode(page.map((line) => `${trailText(line)}\n`).join(''))
  yield encoder.encode(`${checkpointLine(closing)}\n`)
}
