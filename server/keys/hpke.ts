import { createSecretKey, type KeyObject } from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { sessionKeyInfo } from '#contract/envelope.ts'

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm()
})

export interface SealingPair {
  /** base64url */
  readonly publicKey: string
  readonly privateKey: Buffer
}

export async function makeSealingPair(): Promise<SealingPair> {
  const pair = await suite.kem.generateKeyPair()
  return {
    publicKey: Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)).toString(
      'base64url'
    ),
    privateKey: Buffer.from(await suite.kem.serializePrivateKey(pair.privateKey))
  }
}

export function importSealingKey(privateKey: Buffer): Promise<CryptoKey> {
  return suite.kem.deserializePrivateKey(Uint8Array.from(privateKey))
}

/** RFC 9180 § 6.1, base mode. Null when it does not open. */
export async function openSealedKey(
  recipientKey: CryptoKey,
  enc: string,
  sealedKey: string,
  device: string
): Promise<KeyObject | null> {
  try {
    const opened = await suite.open(
      {
        recipientKey,
        enc: Uint8Array.from(Buffer.from(enc, 'base64url')),
        info: new TextEncoder().encode(sessionKeyInfo)
      },
      Uint8Array.from(Buffer.from(sealedKey, 'base64url')),
      new TextEncoder().encode(device)
    )
    return opened.byteLength === 32 ? createSecretKey(Buffer.from(opened)) : null
  } catch {
    return null
  }
}
