import { certificateSchema, certificateText, type Certificate } from './certificate.ts'

/** Whether `sig` is by the raw key over the text, both base64url; null where Ed25519 is not spoken. */
export type VerifyText = (key: string, text: string, sig: string) => Promise<boolean | null>

export type Judgement =
  | { readonly verdict: 'not-a-certificate' | 'cannot-verify'; readonly certificate: null }
  | {
      /** `unknown-key`: it is whole, and signed by somebody whose key is not among those given. */
      readonly verdict: 'genuine' | 'changed' | 'unknown-key'
      readonly certificate: Certificate
    }

/** The 64 bytes of a signature have one spelling: with another last letter they would verify too. */
const signature = /^[\w-]{85}[AQgw]$/

/** Needs nothing but the file's text and the published keys. */
export async function judgeCertificate(
  text: string,
  keys: readonly string[],
  verify: VerifyText
): Promise<Judgement> {
  const certificate = readCertificate(text)
  if (!certificate) return { verdict: 'not-a-certificate', certificate: null }
  if (!signature.test(certificate.sig)) return { verdict: 'changed', certificate }
  const holds = await verify(certificate.key, certificateText(certificate), certificate.sig)
  if (holds === null) return { verdict: 'cannot-verify', certificate: null }
  if (!holds) return { verdict: 'changed', certificate }
  return { verdict: keys.includes(certificate.key) ? 'genuine' : 'unknown-key', certificate }
}

function readCertificate(text: string): Certificate | null {
  try {
    const parsed = certificateSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
