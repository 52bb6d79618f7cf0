import * as z from 'zod/mini'
import { roleSchema } from './role.ts'

/** `GET /api/demo`: who may be tried in practice data. A production server names nobody. */
export const demoSchema = z.object({
  signIns: z.array(z.object({ role: roleSchema, username: z.string(), password: z.string() }))
})
export type Demo = z.infer<typeof demoSchema>
