import {
  importLineSchema,
  type ImportCounts,
  type ImportLine,
  type ImportRequest
} from '#contract/import.ts'
import { parseLenient } from '#contract/lenient.ts'
import { failureOf, type Failure } from '#lib/http/api.ts'
import { postForLines } from '#lib/http/lines.ts'

/**
 * Sends the import and tells how far it is. An answer that is cut off says nothing of what was done:
 * asked again, the server says it, since the ids are the same.
 */
export async function sendImport(
  request: ImportRequest,
  signal: AbortSignal,
  told: (line: ImportLine) => void
): Promise<{ readonly ok: true; readonly imported: ImportCounts } | Failure> {
  const answer = await postForLines('/api/office/import', request, signal)
  if (!answer.ok) return failureOf(answer)
  const decoder = new TextDecoder()
  try {
    for await (const bytes of answer.lines) {
      const parsed = parseLenient(importLineSchema, JSON.parse(decoder.decode(bytes)) as unknown)
      if (!parsed.success) return { ok: false, away: 'not-ours' }
      if ('imported' in parsed.data) return { ok: true, imported: parsed.data.imported }
      told(parsed.data)
    }
  } catch {
    return { ok: false, away: 'offline' }
  }
  return { ok: false, away: 'offline' }
}
