import { drawPassphrase } from '#contract/passphrase.ts'

/**
 * The paper's own lock is one SHA-256 (that is how readers open AES-256 in PDF 1.7), which a thief
 * can try billions of times a second: so more words than a person would choose, some 76 bits.
 */
const wordCount = 8

export function newPassphrase(): string {
  const draw = new Uint16Array(1)
  return drawPassphrase(wordCount, () => crypto.getRandomValues(draw)[0] ?? 0)
}
