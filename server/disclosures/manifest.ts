import { toMoment } from '#contract/day.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { FileSum } from '#server/packing/archive.ts'

export interface Manifest {
  readonly format: 'kotikaynti/return-package/1'
  readonly number: string
  readonly madeAt: string
  /** The paper that comes with the archive. */
  readonly record: FileSum
  /** All of the archive, but this file and its signature. */
  readonly files: readonly FileSum[]
}

export function manifestText(
  o: { number: string; madeAt: number },
  record: FileSum,
  files: readonly FileSum[]
): string {
  const manifest: Manifest = {
    format: 'kotikaynti/return-package/1',
    number: o.number,
    madeAt: toMoment(o.madeAt),
    record,
    files
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** RFC 8032, the 64 bytes as they are: what any tool verifies. */
export function signatureOf(keyStore: KeyStore, text: string): Buffer {
  return Buffer.from(keyStore.sign(text), 'base64url')
}

/** RFC 8410 § 4: what says that the 32 bytes that follow are an Ed25519 key. */
const keyPrefix = Buffer.from('302a300506032b6570032100', 'hex')

export function publicKeyPem(keyStore: KeyStore): string {
  const key = Buffer.concat([keyPrefix, Buffer.from(keyStore.publicKey(), 'base64url')])
  return `-----BEGIN PUBLIC KEY-----\n${key.toString('base64')}\n-----END PUBLIC KEY-----\n`
}
