import { alarmingFields } from '#contract/alarm.ts'
import type { EntryId } from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import { needsPermit } from '#contract/permit.ts'
import type { Organisation } from '#contract/settings.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/**
 * A note in which somebody may need help, or that tells of medicine or transport, is kept in mind: what
 * nobody answered is told at the office however old it grows. A note is never held up for want of a
 * permit: that medicine was given must be known to whoever comes next, and soon. It is told beside the
 * concerns instead, unless the permit arrives, which travels after texts.
 */
export async function raiseAlarm(
  change: CustomershipChange,
  note: EntryId,
  { template, templateVersion, fields }: Pick<Note, 'template' | 'templateVersion' | 'fields'>,
  { templates }: Pick<Organisation, 'templates'>
): Promise<void> {
  const own = templates.find(({ id, version }) => id === template && version === templateVersion)
  if (!own || (alarmingFields(own, fields).length === 0 && !needsPermit(own, fields))) return
  const record = await change.closingRecord()
  const alarms = record.alarms ?? []
  if (!alarms.includes(note))
    await change.writeClosingRecord({ ...record, alarms: [...alarms, note] })
}
