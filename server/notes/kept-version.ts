import type { Entry } from '#contract/entry.ts'
import type { Note, NoteFields } from '#contract/note.ts'
import type { Template } from '#contract/template.ts'
import { fitsTemplate } from './fits-template.ts'

/**
 * The template of a text that is made of two versions of one visit's note: the newer of the two, where it
 * has all its fields. Null: no such merge may be.
 */
export function keptVersion(
  note: Entry<'note'>,
  fork: Entry<'note'> | null,
  fields: NoteFields,
  templates: readonly Template[]
): Pick<Note, 'template' | 'templateVersion'> | null {
  const versions = [note.data, ...(fork ? [fork.data] : [])]
  const { visit, author } = note.data
  const isOne = versions.every(
    (version) => version.visit === visit && version.author === author && !version.amends
  )
  if (!isOne || note.id === fork?.id) return null
  const fitting = versions
    .toSorted((a, b) => b.templateVersion - a.templateVersion)
    .find(({ template, templateVersion }) =>
      fitsTemplate(templates, { note: note.id, visit, template, templateVersion, fields }, 'draft')
    )
  if (!fitting) return null
  const { template, templateVersion } = fitting
  return { template, templateVersion }
}
