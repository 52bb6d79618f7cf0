import * as z from 'zod/mini'

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const v7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const v4OrV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** UUIDv4: it lives in logs for twelve years and must not tell when a client came. */
export const customershipIdSchema = z.string().check(z.regex(v4)).brand<'CustomershipId'>()
export type CustomershipId = z.infer<typeof customershipIdSchema>

export const operationIdSchema = z.string().check(z.regex(v4)).brand<'OperationId'>()
export type OperationId = z.infer<typeof operationIdSchema>

/** An entry is a UUIDv7, or carries the id of the operation that made it (a fork, a suggestion). */
export const entryIdSchema = z.string().check(z.regex(v4OrV7)).brand<'EntryId'>()
export type EntryId = z.infer<typeof entryIdSchema>

/** The id of the entry that an operation makes when it may not use the one it names. */
export const entryMadeBy = (operation: OperationId): EntryId => operation as string as EntryId

export const userIdSchema = z.string().check(z.regex(v7)).brand<'UserId'>()
export type UserId = z.infer<typeof userIdSchema>

export const deviceIdSchema = z.string().check(z.regex(v7)).brand<'DeviceId'>()
export type DeviceId = z.infer<typeof deviceIdSchema>

export const passkeyIdSchema = z.string().check(z.regex(v7)).brand<'PasskeyId'>()
export type PasskeyId = z.infer<typeof passkeyIdSchema>

export const printIdSchema = z.string().check(z.regex(v7)).brand<'PrintId'>()
export type PrintId = z.infer<typeof printIdSchema>

/** UUIDv4: the row of a request outlives its customership, and must not tell more of it than its codes do. */
export const rightsRequestIdSchema = z.string().check(z.regex(v4)).brand<'RightsRequestId'>()
export type RightsRequestId = z.infer<typeof rightsRequestIdSchema>

/** UUIDv4: a review of the log's uses. */
export const reviewIdSchema = z.string().check(z.regex(v4)).brand<'ReviewId'>()
export type ReviewId = z.infer<typeof reviewIdSchema>

/** Organisers, products and templates are settings of the organisation; they have short stable names. */
export const settingIdSchema = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/))
export type SettingId = z.infer<typeof settingIdSchema>

/** RFC 9562 § 5.7. `random` gives the 10 bytes that are not time. */
export function uuidV7(milliseconds: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  let time = milliseconds
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = time % 256
    time = Math.floor(time / 256)
  }
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20)
  ].join('-')
}
