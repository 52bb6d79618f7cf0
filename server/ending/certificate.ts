import { certificateText, type Certificate } from '#contract/ending.ts'
import type { KeyStore } from '#server/keys/key-store.ts'

/** §7: what remains of a customership, signed so that nobody can write another. It names no person. */
export function signCertificate(
  keyStore: KeyStore,
  statement: Omit<Certificate, 'key' | 'sig'>
): Certificate {
  const stated = { ...statement, key: keyStore.publicKey() }
  return { ...stated, sig: keyStore.sign(certificateText(stated)) }
}
