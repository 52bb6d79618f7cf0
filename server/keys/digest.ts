import { createHash } from 'node:crypto'

/** SHA-256 as base64url, for texts that are no secret. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}

/** The same of bytes that come one after the other. */
export function beginDigest(): { add(bytes: Uint8Array): void; value(): string } {
  const hash = createHash('sha256')
  return {
    add: (bytes) => {
      hash.update(bytes)
    },
    value: () => hash.digest('base64url')
  }
}

/** The same of bytes: it tells whether a page arrived whole. */
export function digestOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/** SHA-256 in hex, as whoever receives a text computes it. */
export function hexDigestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
