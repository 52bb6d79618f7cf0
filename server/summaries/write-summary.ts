import { substanceWords } from '#contract/summary.ts'
import type { Substance } from '#contract/summary.ts'
import type { SummaryWrite } from '#contract/summary-request.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { toMoment } from '#contract/day.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { protectedStreets, tellsAddress } from './addresses.ts'

interface By {
  readonly by: UserId
  readonly now: number
}

/** What the coordinator makes of a month’s words; nothing that was approved is written over. */
export async function writeSummary(
  change: CustomershipChange,
  write: SummaryWrite,
  { by, now }: By
): Promise<Refusal | null> {
  const { summary: id, organiser, month, based, language, state, substance, overrun } = write
  const former = await change.entry('summary', id)
  if ((former?.revision ?? null) !== based) return { code: 'conflict' }
  if (former?.data.locked) return { code: 'conflict' }
  if (former && (former.data.organiser !== organiser || former.data.month !== month))
    return { code: 'conflict' }
  const others = (await change.ofKind('summary')).filter(
    ({ data }) => data.organiser === organiser && data.month === month
  )
  // A second one of the same month is a correction, and says what it replaces.
  if (!former && others.length > 0) return { code: 'conflict' }
  const told = await tellingField(change, substance, overrun)
  if (told) return { code: 'invalid', issues: [{ path: told, code: 'protected-address' }] }
  const {
    checked: _checked,
    overrun: _overrun,
    ...kept
  } = former?.data ?? {
    version: 1,
    deliveries: []
  }
  await change.put(
    'summary',
    id,
    {
      ...kept,
      ...{ organiser, month, language, state, substance },
      ...(overrun === undefined ? {} : { overrun }),
      ...(state === 'checked' ? { checked: { by, at: toMoment(now) } } : {})
    },
    by
  )
  return null
}

/** §8: a protected address never leaves in a summary, whoever typed it. */
async function tellingField(
  change: CustomershipChange,
  substance: Substance,
  overrun: string | undefined
): Promise<string[] | null> {
  const streets = protectedStreets(await change.entries({ kinds: ['profile', 'contact'] }))
  const word = substanceWords.find((one) => tellsAddress(substance[one] ?? '', streets))
  if (word) return ['substance', word]
  return tellsAddress(overrun ?? '', streets) ? ['overrun'] : null
}

/** A correction is a version of its own, and begins as what it replaces was. */
export async function correctSummary(
  change: CustomershipChange,
  { summary, as, reason }: { summary: EntryId; as: EntryId; reason: string },
  by: UserId
): Promise<Refusal | null> {
  const former = await change.entry('summary', summary)
  if (!former) return { code: 'not-found' }
  const streets = protectedStreets(await change.entries({ kinds: ['profile', 'contact'] }))
  if (tellsAddress(reason, streets))
    return { code: 'invalid', issues: [{ path: ['reason'], code: 'protected-address' }] }
  const { locked, organiser, month, language, version, substance, overrun } = former.data
  const later = (await change.ofKind('summary')).some(
    ({ data }) => data.organiser === organiser && data.month === month && data.version > version
  )
  if (!locked || later || (await change.entry('summary', as))) return { code: 'conflict' }
  await change.put(
    'summary',
    as,
    {
      ...{ organiser, month, language, substance },
      ...(overrun === undefined ? {} : { overrun }),
      version: version + 1,
      state: 'draft',
      replaces: { summary, number: locked.number, reason },
      deliveries: []
    },
    by
  )
  return null
}
