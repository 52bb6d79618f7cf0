import { documentTypeSchema, type Document } from '#contract/document.ts'
import { documentRequestSchema } from '#contract/document-request.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import * as z from 'zod/mini'

export interface DocumentForm {
  type: Document['type'] | ''
  title: string
  validFrom: string
  validUntil: string
  original: 'at-office' | 'none'
}

export const emptyDocumentForm = (): DocumentForm => ({
  type: '',
  title: '',
  validFrom: '',
  validUntil: '',
  original: 'at-office'
})

export function formOf({ type, title, validFrom, validUntil }: Document): DocumentForm {
  return {
    ...emptyDocumentForm(),
    type,
    title: title ?? '',
    validFrom: validFrom ?? '',
    validUntil: validUntil ?? ''
  }
}

const factsSchema = z.pick(documentRequestSchema, {
  type: true,
  title: true,
  validFrom: true,
  validUntil: true,
  original: true
})
type DocumentFacts = z.output<typeof factsSchema>

/** What the form says of the document, beside its pages. An empty field says nothing. */
export function readDocumentForm(form: DocumentForm): FormReading<DocumentFacts> {
  const { title, validFrom, validUntil, type, original } = form
  if (!documentTypeSchema.safeParse(type).success)
    return { read: null, wrong: { type: 'wrong.required' } }
  if (validFrom && validUntil && validUntil < validFrom)
    return { read: null, wrong: { validUntil: 'wrong.order' } }
  return readWith(factsSchema, {
    type,
    original,
    ...(title.trim() ? { title: title.trim() } : {}),
    ...(validFrom ? { validFrom } : {}),
    ...(validUntil ? { validUntil } : {})
  })
}
