import type { UserId } from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import { say } from './say.ts'

type Written = Pick<Note, 'author' | 'recordedBy' | 'signedBy'>
type Named = Pick<OrganisationOnTablet, 'people'>
type NameOf = (user: UserId) => string

/** As colleagues know each other; who is not among them any more has no name here. */
export const writerName = (organisation: Named | null, user: UserId): string =>
  organisation?.people.find(({ id }) => id === user)?.displayName ?? say('note.unknownWriter')

/** Who typed it, when somebody at the office did for its author; several may have. */
export const recorderNames = ({ recordedBy = [] }: Pick<Note, 'recordedBy'>, nameOf: NameOf) =>
  recordedBy.map(({ by }) => nameOf(by)).join(', ')

/** Whose note it is; and where somebody at the office typed it for them, both names. */
export function writersOf(note: Written, nameOf: NameOf): string {
  const name = nameOf(note.author)
  const recorders = recorderNames(note, nameOf)
  return recorders === '' ? name : say('note.recordedFor', { recorders, name })
}

/** As above, and who signed when it was not the author. */
export function writersAndSigner(note: Written, nameOf: NameOf): string {
  const writers = writersOf(note, nameOf)
  return note.signedBy
    ? `${writers}. ${say('note.signedBy', { name: nameOf(note.signedBy) })}`
    : writers
}
