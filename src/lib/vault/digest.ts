import { toBase64url } from '#lib/device/base64url.ts'

export function sha256(words: string): Promise<string> {
  return sha256OfBytes(new TextEncoder().encode(words))
}

export async function sha256OfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
