import { envelopeSchema } from '#contract/envelope.ts'
import type { OperationId } from '#contract/id.ts'
import type { PushRequest } from '#contract/push.ts'
import { openEnvelope, verifyOperation } from '#server/keys/envelope.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Device } from '#server/store/devices.ts'
import { readPayload, type Payload } from './read-payload.ts'

interface Named {
  readonly id: OperationId
  readonly seq: number
}

export interface Unopened extends Named {
  readonly unopened: 'unknown-key' | 'cannot-open'
}

export interface Opened extends Named, Payload {
  /** The base64url text that was signed. */
  readonly payload: string
  readonly sig: string
  readonly isSigned: boolean
}

/** All the cryptography of a push, done before its transaction so that no writer waits for it. */
export function openEnvelopes(
  keyStore: KeyStore,
  device: Device,
  envelopes: PushRequest['envelopes']
): Promise<(Opened | Unopened)[]> {
  return Promise.all(
    envelopes.map(async ({ id, seq, ...rest }) => {
      const envelope = envelopeSchema.safeParse({ ...rest, id, seq })
      if (!envelope.success) return { id, seq, unopened: 'cannot-open' }
      const opened = await openEnvelope(keyStore, device.id, envelope.data)
      if (typeof opened === 'string') return { id, seq, unopened: opened }
      const { payload, sig } = opened
      const isSigned = await verifyOperation(device.signingKey, device.id, id, seq, payload, sig)
      return { id, seq, payload, sig, isSigned, ...readPayload(payload) }
    })
  )
}
