import { createHash } from 'node:crypto'

/** SHA-256 as base64url, for texts that are no secret. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}
