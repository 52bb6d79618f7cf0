import * as z from 'zod/mini'

export const mostTogether = 6

/** Of how many customerships' visits at one time this is one part. It names none of them. */
export const splitSchema = z
  .strictObject({
    of: z.int().check(z.minimum(2), z.maximum(mostTogether)),
    part: z.int().check(z.minimum(1))
  })
  .check(z.refine(({ of, part }) => part <= of, { path: ['part'] }))
export type Split = z.infer<typeof splitSchema>

/** What of the whole falls to this part: the parts are the whole exactly, and the first ones take the odd minutes. */
export function partOf(minutes: number, { of, part }: Split): number {
  return Math.floor(minutes / of) + (part <= minutes % of ? 1 : 0)
}

export const isSameSplit = (one: Split | undefined, other: Split | undefined): boolean =>
  one?.of === other?.of && one?.part === other?.part
