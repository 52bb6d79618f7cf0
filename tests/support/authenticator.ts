import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type * as z from 'zod/mini'
import type {
  Assertion,
  passkeyCreationSchema,
  PasskeyRequest,
  passkeyQuestionSchema
} from '#contract/passkey.ts'
import { origin as ours } from './world.ts'

type Question = z.infer<typeof passkeyQuestionSchema>
type Creation = z.infer<typeof passkeyCreationSchema>

/** What an attacker bends. Left out, it is as an honest browser and authenticator do it. */
export interface Bent {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly verified?: boolean
  readonly counter?: number
  readonly userHandle?: string | null
  readonly credential?: string
  /** The attestation statement of a format that nobody asked for. */
  readonly attestation?: { fmt: string; attStmt: Record<string, unknown> }
}

const text = (value: string): Buffer => Buffer.from(value)
const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

/** A passkey in software: ES256, WebAuthn L3 § 6.5, with a counter as a security key has. */
export class Authenticator {
  readonly credential = encoded(randomBytes(16))
  counter = 0
  #userHandle = ''
  readonly #privateKey: KeyObject
  readonly #point: { x: Buffer; y: Buffer }

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#privateKey = privateKey
    this.#point = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') }
  }

  create(options: Creation, bent: Bent = {}): PasskeyRequest['response'] {
    this.#userHandle = options.user.id
    const authData = Buffer.concat([
      this.#authenticatorData(options.rp.id, 0x40, bent),
      Buffer.alloc(16),
      Buffer.of(0, 16),
      Buffer.from(this.credential, 'base64url'),
      cbor(this.#publicKey())
    ])
    const { fmt, attStmt } = bent.attestation ?? { fmt: 'none', attStmt: {} }
    const attestation = new Map<string, unknown>([
      ['fmt', fmt],
      ['attStmt', new Map(Object.entries(attStmt))],
      ['authData', authData]
    ])
    return {
      ...this.#answered(bent),
      response: {
        clientDataJSON: encoded(clientData('webauthn.create', options.challenge, bent)),
        attestationObject: encoded(cbor(attestation)),
        transports: ['internal']
      }
    }
  }

  answer(question: Question, bent: Bent = {}): Assertion {
    this.counter += 1
    const client = clientData('webauthn.get', question.challenge, bent)
    const data = this.#authenticatorData(question.rpId, 0, bent)
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#privateKey)
    const { userHandle = this.#userHandle } = bent
    return {
      ...this.#answered(bent),
      response: {
        clientDataJSON: encoded(client),
        authenticatorData: encoded(data),
        signature: encoded(signature),
        ...(userHandle === null ? {} : { userHandle })
      }
    }
  }

  #answered({ credential = this.credential }: Bent) {
    return {
      ...{ id: credential, rawId: credential, type: 'public-key' as const },
      clientExtensionResults: {}
    }
  }

  /** § 6.1: whose party, user present and verified, the counter. */
  #authenticatorData(rpId: string, flags: number, bent: Bent): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(bent.counter ?? this.counter)
    const verified = (bent.verified ?? true) ? 0x04 : 0
    return Buffer.concat([sha256(bent.rpId ?? rpId), Buffer.of(0x01 | verified | flags), counter])
  }

  /** COSE (RFC 9053 § 7.1): EC2, ES256, P-256. */
  #publicKey(): Map<number, unknown> {
    return new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, this.#point.x],
      [-3, this.#point.y]
    ])
  }
}

function clientData(type: string, challenge: string, bent: Bent): Buffer {
  const { origin = ours } = bent
  return text(
    JSON.stringify({
      type: bent.type ?? type,
      challenge: bent.challenge ?? challenge,
      origin,
      crossOrigin: false
    })
  )
}

/** RFC 8949, as much of it as an attestation needs. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, text(value).length), text(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)])
  throw new Error('no attestation holds this')
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.of((major << 5) | length)
  if (length < 256) return Buffer.of((major << 5) | 24, length)
  return Buffer.of((major << 5) | 25, length >> 8, length & 0xff)
}
