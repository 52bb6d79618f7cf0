import * as z from 'zod/mini'

/** Text that people write: no control characters but line breaks and tabs, and a bound against floods. */
export const wordsSchema = (longest: number) =>
  z.string().check(
    z.maxLength(longest),
    z.refine((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text))
  )

/** The same, and not blank. */
export const saidSchema = (longest: number) =>
  wordsSchema(longest).check(z.refine((text) => text.trim() !== ''))

/** A title in each language of the interface. */
export const titleSchema = z.strictObject({
  fi: saidSchema(200),
  sv: saidSchema(200),
  en: saidSchema(200)
})
export type Title = z.infer<typeof titleSchema>

export const base64urlSchema = (longest: number) =>
  z.string().check(z.maxLength(longest), z.regex(/^[A-Za-z0-9_-]*$/))

export const languageSchema = z.enum(['fi', 'sv', 'en'])
export type Language = z.infer<typeof languageSchema>
