import type { Deed } from '#server/access/deed.ts'
import { writeVersion } from './write-version.ts'

/** Keeps what is written so far; the next draft of the same author continues it. */
export const draftNote: Deed<'note.draft'> = (change, operation, terms) =>
  writeVersion(change, operation, terms, 'draft')
