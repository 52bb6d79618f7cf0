import { checkpointLine, trailHead, trailText } from '#contract/trail.ts'
import { makeCheckpoint } from '#server/audit/checkpoint.ts'
import { pagesOf, type AuditParts } from '#server/audit/check-trail.ts'

/** SECURITY 19: the whole trail as `npm run audit:verify` reads it. It holds hashes, and nobody's data. */
export async function* trailFile(parts: AuditParts): AsyncGenerator<Uint8Array> {
  const closing = await makeCheckpoint(parts)
  const encoder = new TextEncoder()
  yield encoder.encode(`${trailHead}\n`)
  for await (const page of pagesOf(parts.store, closing))
    yield encoder.encode(page.map((line) => `${trailText(line)}\n`).join(''))
  yield encoder.encode(`${checkpointLine(closing)}\n`)
}
