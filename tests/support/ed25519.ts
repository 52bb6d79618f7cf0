import { createPublicKey, verify } from 'node:crypto'
import type { VerifyText } from '#contract/judge-certificate.ts'

/** Ed25519 by another hand than the one that signs. */
export const verifyEd25519: VerifyText = async (x, text, sig) => {
  try {
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
    return verify(null, Buffer.from(text), key, Buffer.from(sig, 'base64url'))
  } catch {
    return false
  }
}
