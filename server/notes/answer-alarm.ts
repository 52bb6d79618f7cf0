import type { AlarmAnswer } from '#contract/closing.ts'
import type { Moment } from '#contract/day.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/** A main user tells what was done about what a note raised. False: there is no such note. */
export async function answerAlarm(
  change: CustomershipChange,
  note: EntryId,
  { fields, done }: AlarmAnswer,
  { by, at }: { readonly by: UserId; readonly at: Moment }
): Promise<boolean> {
  if (!(await change.entry('note', note))) return false
  const record = await change.closingRecord()
  const answers = [...(record.answers ?? []), { note, fields, done, by, at }]
  await change.writeClosingRecord({ ...record, answers })
  return true
}
