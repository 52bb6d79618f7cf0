import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { deviceIdSchema } from './id.ts'

/**
 * `GET /api/devices/carried`: whose cookies this browser shows, for a browser that lost everything else.
 * It is asked by nobody in particular, and names nobody. `unsent`: given a number there, never received.
 */
export const carriedDevicesSchema = z.object({
  devices: z.array(
    z.object({
      device: deviceIdSchema,
      lastContactAt: z.nullable(momentSchema),
      unsent: z.int()
    })
  )
})
export type CarriedDevices = z.infer<typeof carriedDevicesSchema>
