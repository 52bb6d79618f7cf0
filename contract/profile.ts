import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import type { Moment } from './day.ts'
import { type UserId, userIdSchema } from './id.ts'
import { languageSchema, saidSchema, wordsSchema } from './text.ts'

/** §9: data comes from the ordering authority or from the client. */
export const sourceSchema = z.enum(['organiser', 'client'])
export type Source = z.infer<typeof sourceSchema>

export const postalCodeSchema = z.string().check(z.regex(/^\d{5}$/))
export const phoneSchema = z.string().check(z.regex(/^\+\d{6,15}$/))
export const emailSchema = z.string().check(z.maxLength(254), z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/))

/** Each field's value, keyed by its name. */
export const valueSchemas = {
  firstName: saidSchema(80),
  lastName: saidSchema(80),
  birthDate: daySchema,
  street: saidSchema(120),
  postalCode: postalCodeSchema,
  town: saidSchema(60),
  phone: phoneSchema,
  email: emailSchema,
  allergies: wordsSchema(1000),
  health: wordsSchema(2000),
  needs: wordsSchema(2000),
  pets: wordsSchema(500),
  access: wordsSchema(1000),
  language: languageSchema,
  /** Turvakielto: the address is for whoever makes the visit, and for no list, export or print. */
  addressProtected: z.enum(['yes', 'no'])
}
export type ProfileField = keyof typeof valueSchemas

export const profileFields = Object.keys(valueSchemas) as ProfileField[]

/** §9: a value with where it came from, who recorded it and when. */
const recorded = <S extends z.ZodMiniType>(value: S) =>
  z.strictObject({ value, source: sourceSchema, by: userIdSchema, at: momentSchema })

export const profileSchema = z.strictObject({
  firstName: recorded(valueSchemas.firstName),
  lastName: recorded(valueSchemas.lastName),
  birthDate: z.optional(recorded(valueSchemas.birthDate)),
  street: z.optional(recorded(valueSchemas.street)),
  postalCode: z.optional(recorded(valueSchemas.postalCode)),
  town: z.optional(recorded(valueSchemas.town)),
  phone: z.optional(recorded(valueSchemas.phone)),
  email: z.optional(recorded(valueSchemas.email)),
  allergies: z.optional(recorded(valueSchemas.allergies)),
  health: z.optional(recorded(valueSchemas.health)),
  needs: z.optional(recorded(valueSchemas.needs)),
  pets: z.optional(recorded(valueSchemas.pets)),
  access: z.optional(recorded(valueSchemas.access)),
  language: z.optional(recorded(valueSchemas.language)),
  addressProtected: z.optional(recorded(valueSchemas.addressProtected))
})
export type Profile = z.infer<typeof profileSchema>

const stated = <S extends z.ZodMiniType>(value: S) =>
  z.strictObject({ value, source: sourceSchema })

/** What the office states of a client; the server adds who and when. */
export const profileStatementSchema = z.strictObject({
  firstName: stated(valueSchemas.firstName),
  lastName: stated(valueSchemas.lastName),
  birthDate: z.optional(stated(valueSchemas.birthDate)),
  street: z.optional(stated(valueSchemas.street)),
  postalCode: z.optional(stated(valueSchemas.postalCode)),
  town: z.optional(stated(valueSchemas.town)),
  phone: z.optional(stated(valueSchemas.phone)),
  email: z.optional(stated(valueSchemas.email)),
  allergies: z.optional(stated(valueSchemas.allergies)),
  health: z.optional(stated(valueSchemas.health)),
  needs: z.optional(stated(valueSchemas.needs)),
  pets: z.optional(stated(valueSchemas.pets)),
  access: z.optional(stated(valueSchemas.access)),
  language: z.optional(stated(valueSchemas.language)),
  addressProtected: z.optional(stated(valueSchemas.addressProtected))
})
export type ProfileStatement = z.infer<typeof profileStatementSchema>

/** §9: each field keeps where it came from, who recorded it and when; one that is said again unchanged keeps its first record. */
export function recordStatement(
  statement: ProfileStatement,
  former: Profile | null,
  by: UserId,
  at: Moment
): Profile {
  const fields = Object.entries(statement).flatMap(([field, stated]) => {
    if (!stated) return []
    const known = former?.[field as keyof Profile]
    const isSame = known?.value === stated.value && known.source === stated.source
    return [[field, isSame ? known : { ...stated, by, at }]]
  })
  return Object.fromEntries(fields) as Profile
}
