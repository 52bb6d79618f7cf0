import * as z from 'zod/mini'

/** §12: exactly two roles. */
export const roleSchema = z.enum(['main-user', 'worker'])
export type Role = z.infer<typeof roleSchema>

/** What a user does; it limits which parts of a customership they see. */
export const taskSchema = z.enum(['care', 'documents', 'reporting', 'administration', 'oversight'])
export type Task = z.infer<typeof taskSchema>

/** The notice's purposes, by which every use is logged. */
export const purposeSchema = z.enum([
  'organising',
  'planning',
  'carrying-out',
  'statistics',
  'reporting',
  'client-rights',
  'oversight'
])
export type Purpose = z.infer<typeof purposeSchema>
