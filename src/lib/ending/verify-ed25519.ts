import type { VerifyText } from '#contract/judge-certificate.ts'
import { fromBase64url } from '#lib/device/base64url.ts'

const encoder = new TextEncoder()

/** RFC 8032, by the browser itself; null in one that does not speak it. */
export const verifyEd25519: VerifyText = async (key, text, sig) => {
  try {
    const raw = fromBase64url(key)
    const signer = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
    const signature = fromBase64url(sig)
    return await crypto.subtle.verify('Ed25519', signer, signature, encoder.encode(text))
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotSupportedError' ? null : false
  }
}
