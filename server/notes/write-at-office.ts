import { toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Note, NoteAtOffice, NoteWritten, Recorder } from '#contract/note.ts'
import { joinRecorders, recordedBy, recordersSeen } from '#contract/recorder.ts'
import type { Organisation } from '#contract/settings.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { fitsTemplate } from './fits-template.ts'
import { putNote } from './put-note.ts'
import { recordersBeside, versionsOf } from './versions.ts'

export interface OfficeTerms {
  readonly organisation: Organisation
  readonly by: UserId
  readonly now: number
}

/** Where the words are laid, and from which of what others typed they go on. */
interface Place {
  readonly id: EntryId
  readonly author: UserId
  readonly forkOf?: EntryId | undefined
  readonly recorders: readonly Recorder[]
  /** Words that stand beside another version are no signature: a person makes one text of both first. */
  readonly isBeside: boolean
}

/**
 * A main user writes a visit's note for its worker, who stays its author. As from a tablet, no text
 * overwrites one that its writer had not seen: it is laid beside it. What they sign they sign in their own
 * name, as what the author wrote on paper or said.
 */
export async function writeAtOffice(
  change: CustomershipChange,
  visit: EntryId,
  request: NoteAtOffice,
  terms: OfficeTerms
): Promise<NoteWritten | Refusal> {
  const held = await change.entry('visit', visit)
  const current = await change.entry('note', request.note)
  if (!held) return { code: 'not-found' }
  const { template, templateVersion, fields } = request
  const writing = { note: request.note, visit, template, templateVersion, fields }
  if (!fitsTemplate(terms.organisation.templates, writing, request.state)) return refused('fields')
  if (current && (current.data.visit !== visit || current.data.amends)) return refused('note')

  const repeated = await repeatOf(change, visit, request, terms.by)
  if (repeated)
    return { revision: repeated.revision, note: repeated.id, state: repeated.data.state }
  if (await change.entry('note', request.beside)) return { code: 'conflict' }

  const place = current
    ? await placeBy(change, current, request)
    : await newPlace(change, held, request)
  const { id, author, forkOf, isBeside } = place
  const state = isBeside ? 'draft' : request.state
  const isForAuthor = terms.by !== author
  const own = isForAuthor ? [{ by: terms.by, since: change.revision }] : []
  const writtenAt = toMoment(terms.now)
  const data: Note = {
    ...{ visit, template, templateVersion, fields, state, author, writtenAt },
    ...(state === 'signed' ? { signedAt: writtenAt } : {}),
    ...(state === 'signed' && isForAuthor ? { signedBy: terms.by } : {}),
    ...(forkOf ? { forkOf } : {}),
    ...recordedBy(joinRecorders(place.recorders, own))
  }
  await putNote(change, id, data, terms.organisation, terms.by)
  return { revision: change.revision, note: id, state }
}

const refused = (field: string): Refusal => ({
  code: 'invalid',
  issues: [{ path: [field], code: 'invalid' }]
})

/** The same words of the same person, whose answer was lost on its way. */
async function repeatOf(
  change: CustomershipChange,
  visit: EntryId,
  { note, beside, ...text }: NoteAtOffice,
  by: UserId
): Promise<Entry<'note'> | null> {
  for (const id of [beside, note]) {
    const laid = await change.entry('note', id)
    const isSame =
      laid?.by === by &&
      laid.data.visit === visit &&
      laid.data.template === text.template &&
      laid.data.templateVersion === text.templateVersion &&
      (id === beside || laid.data.state === text.state || laid.data.state === 'signed') &&
      !laid.data.mergedInto &&
      JSON.stringify(laid.data.fields) === JSON.stringify(text.fields)
    if (isSame) return laid
  }
  return null
}

/** Into the note, as it was seen; or beside what came in between. */
async function placeBy(
  change: CustomershipChange,
  { id, revision, data }: Entry<'note'>,
  { based, beside }: NoteAtOffice
): Promise<Place> {
  const { author, forkOf } = data
  const recorders = recordersSeen(data, based)
  const isAsSeen = data.state === 'draft' && !data.mergedInto && revision === based
  if (!isAsSeen)
    return { id: beside, author, forkOf: data.mergedInto ?? id, recorders, isBeside: true }
  if (!forkOf) return { id, author, recorders, isBeside: false }
  // Whoever merges a fork names it by its id: words that they have not seen must lie under another.
  await change.remove(id, author)
  const others = await versionsOf(change, data.visit, author)
  return { id: beside, author, forkOf, recorders, isBeside: others.length > 0 }
}

async function newPlace(
  change: CustomershipChange,
  { id: visit, data }: Entry<'visit'>,
  { note, based }: NoteAtOffice
): Promise<Place> {
  const author = data.worker
  const [standing] = await versionsOf(change, visit, author)
  // A fork that others wrote on or merged away: its words, and who typed them, are here still.
  const recorders = based !== null && standing ? await recordersBeside(change, standing) : []
  return {
    ...{ id: note, author, recorders },
    forkOf: standing?.id,
    isBeside: standing !== undefined
  }
}
