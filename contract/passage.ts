import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { userIdSchema } from './id.ts'
import { languageSchema, saidSchema } from './text.ts'

/**
 * GDPR Art. 15(4): a copy must not harm others. Before a report is made, a person decides of each passage
 * that may concern somebody else whether it is released or blackened, and on which ground.
 */

/** Why a passage is shown for a decision. */
export const passageSignSchema = z.enum([
  /** Facts about a contact: a number, an address, custody. */
  'contact',
  /** A contact is named in it. */
  'named',
  /** A word for a relative, a neighbour or a friend. */
  'kin',
  /** A word in it may be a name that nobody here knows. */
  'person',
  /** A child told it: it may have been in confidence, from a guardian too. */
  'child',
  /** It was written as a concern. */
  'concern',
  /** Scanned pages, which are pictures: only a person can read what stands on them. */
  'pages'
])
export type PassageSign = z.infer<typeof passageSignSchema>

export const releaseGrounds = ['own', 'known', 'consented'] as const
export const blackenGrounds = ['harms', 'danger', 'confidence'] as const

/**
 * Released: it is about whoever asks; they know it already; the other person agrees. Blackened: it would
 * harm the other's rights; somebody's safety; it was told in confidence.
 */
export const passageGroundSchema = z.enum([...releaseGrounds, ...blackenGrounds])
export type PassageGround = z.infer<typeof passageGroundSchema>

export const isBlackened = (ground: PassageGround): boolean =>
  (blackenGrounds as readonly string[]).includes(ground)

export const passageChoiceSchema = z.strictObject({
  ground: passageGroundSchema,
  /** In one’s own words, where the ground alone does not say enough. */
  word: z.optional(saidSchema(300)),
  by: userIdSchema,
  at: momentSchema
})
export type PassageChoice = z.infer<typeof passageChoiceSchema>

/** Tells nothing: a digest of what the passage says and where. Said otherwise, it is another passage. */
export const passageIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))

export const passageSchema = z.object({
  id: passageIdSchema,
  /** Where it stands, in the language that was asked for. */
  title: z.string(),
  text: z.string(),
  /** None: nothing in it looks like another person, and it is released unless somebody blackens it. */
  signs: z.array(passageSignSchema),
  choice: z.nullable(passageChoiceSchema)
})
export type Passage = z.infer<typeof passageSchema>

/** `GET /api/office/customerships/{id}/requests/{request}/passages?lang=`. */
export const passagesRequestSchema = z.strictObject({ lang: languageSchema })
export const passagesAnswerSchema = z.object({
  passages: z.array(passageSchema),
  /** Nothing is made before it is 0. */
  undecided: z.int()
})
export type PassagesAnswer = z.infer<typeof passagesAnswerSchema>

/** `PUT` of the same: kept at once, so that half a review is not lost. A null ground takes a choice back. */
export const passageDecisionsSchema = z.strictObject({
  choices: z
    .array(
      z.strictObject({
        passage: passageIdSchema,
        ground: z.nullable(passageGroundSchema),
        word: z.optional(saidSchema(300))
      })
    )
    .check(z.minLength(1), z.maxLength(2000))
})
export type PassageDecisions = z.infer<typeof passageDecisionsSchema>

/** What is kept, sealed under the customership’s key. */
export const passageReviewSchema = z.strictObject({
  choices: z.record(passageIdSchema, passageChoiceSchema)
})
export type PassageReview = z.infer<typeof passageReviewSchema>
