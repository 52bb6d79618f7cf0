import { momentSchema } from '#contract/day-shape.ts'
import type { Moment } from '#contract/day.ts'
import * as z from 'zod/mini'

const format = 'kotikaynti/backup/1'

const headerSchema = z.strictObject({
  format: z.literal(format),
  at: momentSchema,
  generation: z.string(),
  version: z.string(),
  key: z.base64url()
})

/** All that a backup tells without its key: one line of JSON. `key` is wrapped by the root key. */
export type Header = z.infer<typeof headerSchema>

/** The longest line that is looked for: what has none is no backup. */
export const headerLimitBytes = 1000

export function headerLine(header: Omit<Header, 'format'>): string {
  return `${JSON.stringify({ format, ...header })}\n`
}

export function readHeader(line: string): Header | null {
  try {
    return headerSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}

/** Under which the backup's key is wrapped. */
export const keyName = (at: Moment): string => `backup/${at}`
