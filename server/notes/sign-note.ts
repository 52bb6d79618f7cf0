import type { Deed } from '#server/access/deed.ts'
import { writeVersion } from './write-version.ts'

/** The author stands behind the text; from here on it is immutable. */
export const signNote: Deed<'note.sign'> = (change, operation, terms) =>
  writeVersion(change, operation, terms, 'signed')
