import { toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { isChanged, isOpen, ledgerOf } from '#contract/ledger.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import type { Organisation } from '#contract/settings.ts'
import { noTransferSettings } from '#contract/transfer-terms.ts'

/**
 * §10: of each event that a portal has still to be told, or was told otherwise than it is now, when its
 * record was last written: a word that was given before that says nothing of it.
 */
export function untoldEvents(
  entries: readonly Entry[],
  events: readonly Extract<OfficeEntry, { kind: 'service-event' }>[],
  { rules = [], transfers = noTransferSettings }: Pick<Organisation, 'rules' | 'transfers'>
): number[] {
  const decisions = entriesOf(entries, 'decision')
  const visits = entriesOf(entries, 'visit')
  const written = new Map<EntryId, number>(
    [...decisions, ...visits, ...events].map(({ id, at }) => [id, toMilliseconds(at)])
  )
  const lines = ledgerOf({ decisions, visits, events, rules, settings: transfers })
  return lines
    .filter((line) => isOpen(line) || isChanged(line))
    .map(({ visit, decision, event }) => {
      const of = [visit, decision, ...(event ? [event.id] : [])]
      return Math.max(...of.map((id) => written.get(id) ?? 0))
    })
}
