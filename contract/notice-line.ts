import * as z from 'zod/mini'

/** A line of the notice: a paragraph, the name of what is listed after it, or one thing of a list. */
export const noticeLineSchema = z.object({
  is: z.enum(['paragraph', 'term', 'item']),
  text: z.string()
})
export type NoticeLine = z.infer<typeof noticeLineSchema>

export const noticeSectionSchema = z.object({
  number: z.int().check(z.minimum(1), z.maximum(14)),
  title: z.string(),
  lines: z.array(noticeLineSchema)
})
export type NoticeSection = z.infer<typeof noticeSectionSchema>

/** The fourteen headings, each with what it says, in one language. */
export const noticeTextSchema = z.array(noticeSectionSchema).check(z.length(14))
export type NoticeText = z.infer<typeof noticeTextSchema>

/** §14: a notice is frozen in every language that it is read in. */
export const noticeTextsSchema = z.object({
  fi: noticeTextSchema,
  sv: noticeTextSchema,
  en: noticeTextSchema
})
export type NoticeTexts = z.infer<typeof noticeTextsSchema>
