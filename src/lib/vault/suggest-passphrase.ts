import { drawPassphrase } from '#contract/passphrase.ts'

const wordCount = 5

export function suggestPassphrase(): string {
  const draw = new Uint16Array(1)
  return drawPassphrase(wordCount, () => crypto.getRandomValues(draw)[0] ?? 0)
}
