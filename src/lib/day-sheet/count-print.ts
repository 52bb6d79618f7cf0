import type { Printed } from '#contract/day-sheet.ts'
import { dayAt, toMoment, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { now } from '#lib/device/clock.ts'
import type { VaultDatabase } from '#lib/device/database.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'

type Counting = Pick<VaultDatabase, 'readMeta' | 'writeMeta'>

/**
 * §12: printing is a logged act, without a network too. Nothing may be printed before this has resolved:
 * the report lies in the outbox then, durable, one event for each family on the sheet.
 */
export async function countPrint(
  replica: Pick<Replica, 'submit'>,
  database: Counting,
  customerships: readonly CustomershipId[],
  /** Which day the sheet is of. */
  of: Day
): Promise<Printed> {
  const at = now()
  const day = dayAt(at)
  const [first] = customerships
  if (first) {
    const events = [...new Set(customerships)].map((customership) => ({
      customership,
      kind: 'print' as const,
      purpose: 'carrying-out' as const,
      at: toMoment(at),
      day: of
    }))
    await replica.submit({ op: 'usage.report', customership: first, based: null, body: { events } })
  }
  const number = (await printedOn(database, day)) + 1
  await database.writeMeta('daySheets', { day, printed: number })
  return { number, printedAt: toMoment(at) }
}

async function printedOn(database: Counting, day: Day): Promise<number> {
  const kept = await database.readMeta('daySheets')
  return kept?.day === day ? kept.printed : 0
}
