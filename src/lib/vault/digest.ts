import { toBase64url } from '#lib/device/base64url.ts'

export async function sha256(words: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words))
  return toBase64url(new Uint8Array(digest))
}
