import * as z from 'zod/mini'

/** Each change of a customership has its number; so have the organisation's settings. */
export const revisionSchema = z.int().check(z.minimum(0))
