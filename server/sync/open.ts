import { envelopeSchema } from '#contract/envelope.ts'
import type { OperationId } from '#contract/id.ts'
import type { PushRequest } from '#contract/push.ts'
import { openEnvelope, verifyOperation } from '#server/keys/envelope.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Device } from '#server/store/devices.ts'
import { readOperation, readPayload, type Payload, type ReadOperation } from './read-payload.ts'

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
  readonly operation: ReadOperation
}

/** All the cryptography and the reading of a push, done before its transaction so that no writer waits for it. */
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
      const read = readPayload(payload)
      const operation = readOperation(read.value, id)
      return { id, seq, payload, sig, isSigned, ...read, operation }
    })
  )
}
