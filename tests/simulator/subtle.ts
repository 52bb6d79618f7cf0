import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  generateKeySync,
  hash,
  hkdfSync,
  KeyObject,
  sign,
  verify,
  type CipherGCM,
  type DecipherGCM
} from 'node:crypto'

/**
 * WebCrypto (W3C Web Cryptography § 14.3) on the thread that asks: the same algorithms of the same library, and
 * nobody waits for another thread. A history asks some hundred times, and waited for a third of its time. What is
 * asked seldom is left out, and asked of the engine's own.
 */
type Method = (...given: never[]) => unknown

const sha256 = 'sha256'
const gcm = 'aes-256-gcm'
const tagBytes = 16
/** RFC 3394 § 2.2.3.1. */
const keyWrap = { name: 'id-aes256-wrap', iv: Buffer.alloc(8, 0xa6) } as const

const bytesOf = (source: BufferSource): Uint8Array =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)

/** In memory of its own, as the engine hands it over. */
function joined(...parts: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all.buffer
}

const nameOf = (algorithm: AlgorithmIdentifier): string =>
  typeof algorithm === 'string' ? algorithm : algorithm.name

/** What lies behind each key; a key that is asked says it in words that are made anew each time. */
interface Inside {
  readonly object: KeyObject
  readonly name: string
  readonly usages: readonly KeyUsage[]
}
const insides = new WeakMap<CryptoKey, Inside>()

function keyOf(object: KeyObject, of: Algorithm, extractable: boolean, usages: KeyUsage[]) {
  const key = object.toCryptoKey(of, extractable, usages) as CryptoKey
  insides.set(key, { object, name: of.name, usages })
  return key
}

/** Of a key that the engine made: only what it hands out is known. */
function lookInside(key: CryptoKey): Inside | undefined {
  if (!key.extractable) return undefined
  const found = { object: KeyObject.from(key), name: key.algorithm.name, usages: key.usages }
  insides.set(key, found)
  return found
}

/** What may not be done, or was not made here, is the engine's. */
class NotHere extends Error {}

function inside(key: CryptoKey, name: string, usage: KeyUsage | null): KeyObject {
  const known = insides.get(key) ?? lookInside(key)
  if (known?.name !== name || (usage && !known.usages.includes(usage))) throw new NotHere()
  return known.object
}

function require(holds: boolean): void {
  if (!holds) throw new NotHere()
}

function withData<T extends CipherGCM | DecipherGCM>(cipher: T, { additionalData }: AesGcmParams) {
  if (additionalData) cipher.setAAD(bytesOf(additionalData))
  return cipher
}

function sealed(algorithm: AesGcmParams, secret: KeyObject, data: BufferSource): ArrayBuffer {
  require(secret.symmetricKeySize === 32)
  const cipher = withData(createCipheriv(gcm, secret, bytesOf(algorithm.iv)), algorithm)
  return joined(cipher.update(bytesOf(data)), cipher.final(), cipher.getAuthTag())
}

function opened(algorithm: AesGcmParams, secret: KeyObject, data: BufferSource): ArrayBuffer {
  const bytes = bytesOf(data)
  require(secret.symmetricKeySize === 32 && bytes.length >= tagBytes)
  const cipher = withData(createDecipheriv(gcm, secret, bytesOf(algorithm.iv)), algorithm)
  cipher.setAuthTag(bytes.subarray(-tagBytes))
  return joined(cipher.update(bytes.subarray(0, -tagBytes)), cipher.final())
}

function hkdf(algorithm: HkdfParams, base: KeyObject, bits: number): ArrayBuffer {
  require(nameOf(algorithm.hash) === 'SHA-256')
  const { salt, info } = algorithm
  return hkdfSync(sha256, base, bytesOf(salt), bytesOf(info), bits / 8)
}

const secretNames = ['AES-GCM', 'AES-KW', 'HKDF', 'HMAC']

/** SEC 1 § 2.3.3: what stands uncompressed behind its first byte. */
function pointOf(raw: Uint8Array): KeyObject {
  const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((one) =>
    Buffer.from(one).toString('base64url')
  )
  require(raw.length === 65 && x !== undefined && y !== undefined)
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' })
}

/** RFC 8037 § 2. */
function edwardsOf(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** A public key is read again for each lease and each session; what was read is the same every time. */
const read = new Map<string, KeyObject>()

function publicOf(name: 'ECDH' | 'Ed25519', raw: Uint8Array): KeyObject {
  const text = Buffer.from(raw).toString('latin1')
  const known = read.get(text)
  if (known) return known
  const key = name === 'ECDH' ? pointOf(raw) : edwardsOf(raw)
  // Tablets seal to one key of the server, and make keys of their own that never come back.
  if (read.size > 100) read.clear()
  read.set(text, key)
  return key
}

function imported(
  format: KeyFormat,
  data: Uint8Array,
  algorithm: AlgorithmIdentifier,
  extractable: boolean,
  usages: KeyUsage[]
): CryptoKey {
  const name = nameOf(algorithm)
  const of = typeof algorithm === 'string' ? { name } : algorithm
  if (format === 'pkcs8') {
    require(name === 'ECDSA' || name === 'ECDH')
    const key = createPrivateKey({ key: Buffer.from(data), format: 'der', type: 'pkcs8' })
    return keyOf(key, of, extractable, usages)
  }
  require(format === 'raw')
  if (secretNames.includes(name)) return keyOf(createSecretKey(data), of, extractable, usages)
  if (name !== 'ECDH' && name !== 'Ed25519') throw new NotHere()
  return keyOf(publicOf(name, data), of, extractable, usages)
}

const methods = {
  encrypt: (algorithm: AesGcmParams, key: CryptoKey, data: BufferSource) =>
    sealed(algorithm, inside(key, 'AES-GCM', 'encrypt'), data),

  decrypt: (algorithm: AesGcmParams, key: CryptoKey, data: BufferSource) =>
    opened(algorithm, inside(key, 'AES-GCM', 'decrypt'), data),

  digest(algorithm: AlgorithmIdentifier, data: BufferSource): ArrayBuffer {
    require(nameOf(algorithm) === 'SHA-256')
    return joined(hash(sha256, bytesOf(data), 'buffer'))
  },

  sign(algorithm: AlgorithmIdentifier | EcdsaParams, key: CryptoKey, data: BufferSource) {
    if (nameOf(algorithm) === 'HMAC')
      return joined(
        createHmac(sha256, inside(key, 'HMAC', 'sign'))
          .update(bytesOf(data))
          .digest()
      )
    const secret = inside(key, 'ECDSA', 'sign')
    return joined(sign(sha256, bytesOf(data), { key: secret, dsaEncoding: 'ieee-p1363' }))
  },

  importKey(
    format: KeyFormat,
    data: BufferSource,
    algorithm: AlgorithmIdentifier,
    extractable: boolean,
    usages: KeyUsage[]
  ): CryptoKey {
    require(format !== 'jwk')
    return imported(format, bytesOf(data), algorithm, extractable, usages)
  },

  unwrapKey(
    format: KeyFormat,
    wrapped: BufferSource,
    wrapping: CryptoKey,
    algorithm: AlgorithmIdentifier,
    of: AlgorithmIdentifier,
    extractable: boolean,
    usages: KeyUsage[]
  ): CryptoKey {
    const by = inside(wrapping, nameOf(algorithm), 'unwrapKey')
    if (nameOf(algorithm) === 'AES-GCM') {
      const raw = opened(algorithm as AesGcmParams, by, wrapped)
      return imported(format, new Uint8Array(raw), of, extractable, usages)
    }
    const cipher = createDecipheriv(keyWrap.name, by, keyWrap.iv)
    const raw = Buffer.concat([cipher.update(bytesOf(wrapped)), cipher.final()])
    return imported(format, raw, of, extractable, usages)
  },

  wrapKey(
    format: KeyFormat,
    key: CryptoKey,
    wrapping: CryptoKey,
    algorithm: AlgorithmIdentifier
  ): ArrayBuffer {
    require(format === 'raw' && nameOf(algorithm) === 'AES-KW' && key.extractable)
    const by = inside(wrapping, 'AES-KW', 'wrapKey')
    const cipher = createCipheriv(keyWrap.name, by, keyWrap.iv)
    const raw = inside(key, 'AES-GCM', null).export()
    return joined(cipher.update(raw), cipher.final())
  },

  deriveKey(
    algorithm: HkdfParams,
    base: CryptoKey,
    of: AesKeyGenParams,
    extractable: boolean,
    usages: KeyUsage[]
  ): CryptoKey {
    const raw = hkdf(algorithm, inside(base, 'HKDF', 'deriveKey'), of.length)
    return keyOf(createSecretKey(Buffer.from(raw)), of, extractable, usages)
  },

  deriveBits(algorithm: HkdfParams | EcdhKeyDeriveParams, base: CryptoKey, bits: number) {
    if ('info' in algorithm) return hkdf(algorithm, inside(base, 'HKDF', 'deriveBits'), bits)
    require(bits === 256)
    const privateKey = inside(base, 'ECDH', 'deriveBits')
    const publicKey = inside(algorithm.public, 'ECDH', null)
    return joined(diffieHellman({ privateKey, publicKey }))
  },

  generateKey(
    of: EcKeyGenParams | AesKeyGenParams,
    extractable: boolean,
    usages: KeyUsage[]
  ): CryptoKeyPair | CryptoKey {
    if ('length' in of) {
      require(of.name === 'AES-GCM')
      return keyOf(generateKeySync('aes', { length: of.length }), of, extractable, usages)
    }
    require(of.name === 'ECDH' && of.namedCurve === 'P-256')
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: of.namedCurve })
    return {
      privateKey: keyOf(privateKey, of, extractable, usages),
      publicKey: keyOf(publicKey, of, true, [])
    }
  },

  verify(
    algorithm: AlgorithmIdentifier,
    key: CryptoKey,
    signature: BufferSource,
    data: BufferSource
  ): boolean {
    const open = inside(key, 'Ed25519', 'verify')
    require(nameOf(algorithm) === 'Ed25519')
    return verify(null, bytesOf(data), open, bytesOf(signature))
  }
} satisfies Readonly<Record<string, Method>>

/** What is there at once, or undefined: then the engine does it, or refuses it in its own words. */
export function atOnce(name: string, given: readonly unknown[]): unknown {
  const method = (methods as Readonly<Record<string, Method>>)[name]
  if (!method) return undefined
  try {
    return method(...(given as never[]))
  } catch {
    return undefined
  }
}
