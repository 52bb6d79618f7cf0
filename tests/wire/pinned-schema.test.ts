import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import {
  deviceStateAnswerSchema,
  deviceStateRequestSchema,
  enrolAnswerSchema,
  enrolRequestSchema,
  wipedRequestSchema
} from '#contract/device.ts'
import { entrySchema } from '#contract/entry.ts'
import { envelopeSchema, sessionKeyInfo, signedPayloadSchema } from '#contract/envelope.ts'
import { operationSchema } from '#contract/operation.ts'
import { outcomeCodes } from '#contract/outcome.ts'
import { problemStatus } from '#contract/problem.ts'
import { frameSchema, partBytes, pullRequestSchema } from '#contract/pull.ts'
import { pushAnswerSchema, pushLimits, pushRequestSchema } from '#contract/push.ts'
import { rescueFileSchema } from '#contract/rescue.ts'
import { protocolHistory, protocolVersion } from '#contract/version.ts'

/**
 * What a tablet and a server say to each other, as one hash. It changes by additions only: a new
 * hash comes with a line in `protocolHistory`, and every recorded request still has to parse.
 */
const pinned = { version: 1, additions: 27, hash: 'a773fa701fd073f7' }

const wire = {
  entrySchema,
  envelopeSchema,
  signedPayloadSchema,
  operationSchema,
  frameSchema,
  pullRequestSchema,
  pushRequestSchema,
  pushAnswerSchema,
  deviceStateRequestSchema,
  deviceStateAnswerSchema,
  wipedRequestSchema,
  enrolRequestSchema,
  enrolAnswerSchema,
  rescueFileSchema
}

test('the wire is the one that is pinned beside the protocol version', () => {
  const shapes = Object.entries(wire).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  ])
  const said = JSON.stringify([
    shapes,
    outcomeCodes,
    problemStatus,
    pushLimits,
    partBytes,
    sessionKeyInfo
  ])
  expect({
    version: protocolVersion,
    additions: protocolHistory.length,
    hash: createHash('sha256').update(said).digest('hex').slice(0, 16)
  }).toEqual(pinned)
})
