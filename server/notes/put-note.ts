import { alarmingFields } from '#contract/alarm.ts'
import type { EntryId } from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import { needsPermit } from '#contract/permit.ts'
import type { Organisation } from '#contract/settings.ts'
import { templateOf } from '#contract/template.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

type Templates = Pick<Organisation, 'templates'>

/**
 * Lays a note down as its author wrote it, or as somebody at the office did for them, and keeps in mind what
 * must be answered there.
 */
export async function putNote(
  change: CustomershipChange,
  id: EntryId,
  note: Note,
  organisation: Templates,
  by = note.author
): Promise<void> {
  await change.put('note', id, note, by)
  if (mustBeAnswered(note, organisation)) await remember(change, id)
}

/**
 * A note in which somebody may need help, or that tells of medicine or transport: what nobody answered
 * is told at the office however old it grows. A note is never held up for want of a permit: that medicine
 * was given must be known to whoever comes next, and soon. It is told beside the concerns instead, unless
 * the permit arrives, which travels after texts.
 */
function mustBeAnswered(note: Note, { templates }: Templates): boolean {
  const template = templateOf(templates, note)
  if (!template) return false
  return alarmingFields(template, note.fields).length > 0 || needsPermit(template, note.fields)
}

async function remember(change: CustomershipChange, note: EntryId): Promise<void> {
  const record = await change.closingRecord()
  const alarms = record.alarms ?? []
  if (!alarms.includes(note))
    await change.writeClosingRecord({ ...record, alarms: [...alarms, note] })
}
