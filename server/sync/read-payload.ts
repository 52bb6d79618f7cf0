import { isUtf8 } from 'node:buffer'
import { customershipIdSchema, type CustomershipId, type OperationId } from '#contract/id.ts'
import { operationNames, operationSchema, type Operation } from '#contract/operation.ts'

/** What a payload says before its shape is known: enough to answer for it whatever else is wrong. */
export interface Payload {
  readonly value: unknown
  readonly author: string | null
  readonly customership: CustomershipId | null
}

function parseJson(payload: string): unknown {
  const bytes = Buffer.from(payload, 'base64url')
  try {
    return isUtf8(bytes) ? JSON.parse(bytes.toString('utf8')) : null
  } catch {
    return null
  }
}

export function readPayload(payload: string): Payload {
  const value = parseJson(payload)
  const head = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const customership = customershipIdSchema.safeParse(head['customership'])
  return {
    value,
    author: typeof head['author'] === 'string' ? head['author'] : null,
    customership: customership.success ? customership.data : null
  }
}

export type ReadOperation = Operation | 'newer-than-server' | 'invalid'

/** An unknown name or property may be a newer tablet's; a wrong type or a missing property never gets better. */
export function readOperation(value: unknown, id: OperationId): ReadOperation {
  const name = (value as { op?: unknown } | null)?.op
  if (typeof name === 'string' && !(operationNames as string[]).includes(name))
    return 'newer-than-server'
  const parsed = operationSchema.safeParse(value)
  if (parsed.success) return parsed.data.id === id ? parsed.data : 'invalid'
  return parsed.error.issues.some((issue) => issue.code === 'unrecognized_keys')
    ? 'newer-than-server'
    : 'invalid'
}
