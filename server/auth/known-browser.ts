import type { UserId } from '#contract/id.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { newSecret } from '#server/keys/secret.ts'

const markText = (user: UserId, nonce: string): string =>
  `kotikaynti/known-browser/1\n${user}\n${nonce}`

/** What a browser gets when somebody has signed in with it; it opens nothing, it only counts apart. */
export function markBrowser(keyStore: KeyStore, user: UserId): string {
  const nonce = newSecret()
  return `${nonce}.${keyStore.sign(markText(user, nonce))}`
}

/** Ed25519 is deterministic (RFC 8032 § 5.1.6): a true mark is the one that would be made again. */
export function isMarkOf(keyStore: KeyStore, user: UserId, mark: string): boolean {
  const [nonce, sig] = mark.split('.')
  return nonce !== undefined && sig === keyStore.sign(markText(user, nonce))
}
