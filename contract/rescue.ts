import * as z from 'zod/mini'
import { envelopeHeadSchema } from './envelope.ts'
import { deviceIdSchema } from './id.ts'
import { outboxReportSchema } from './push.ts'
import { rescueFormat } from './rescue-format.ts'

/**
 * What a tablet that does not start has saved to a file: its outbox as it lies there, still sealed.
 * Whoever carries it can neither read it nor add to it. Envelopes are read one by one afterwards.
 */
export const rescueFileSchema = z.strictObject({
  format: z.literal(rescueFormat),
  devices: z
    .array(
      z.strictObject({
        device: deviceIdSchema,
        outbox: outboxReportSchema,
        envelopes: z.array(envelopeHeadSchema).check(z.maxLength(20_000))
      })
    )
    .check(z.minLength(1), z.maxLength(50))
})
export type RescueFile = z.infer<typeof rescueFileSchema>

const countSchema = z.int().check(z.minimum(0))

/** What became of one device's envelopes. `again`: how many of them had come before. */
export const rescuedDeviceSchema = z.object({
  device: deviceIdSchema,
  name: z.string(),
  userName: z.string(),
  counts: z.object({
    applied: countSchema,
    'awaiting-decision': countSchema,
    refused: countSchema,
    discarded: countSchema,
    retry: countSchema
  }),
  again: countSchema,
  /** The first few codes, each once. */
  codes: z.array(z.string())
})
export type RescuedDevice = z.infer<typeof rescuedDeviceSchema>

/** `POST /api/rescue`. `unknown` counts the envelopes of devices that are none of this register's. */
export const rescueAnswerSchema = z.object({
  devices: z.array(rescuedDeviceSchema),
  unknown: countSchema
})
export type RescueAnswer = z.infer<typeof rescueAnswerSchema>
