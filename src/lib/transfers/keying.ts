import { portalColumns } from '#contract/export-profile.ts'
import { columnText } from '#contract/export-text.ts'
import { isComplete, isOpen } from '#contract/ledger.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'
import type { TransferLine } from '#contract/transfers.ts'

/** What is typed into a portal's own form, in its order: the price it knows by the service. */
export const keyedColumns = portalColumns.filter((column) => column !== 'price')
export type KeyedColumn = (typeof keyedColumns)[number]

export interface KeyedField {
  readonly column: KeyedColumn
  readonly text: string
}

/** As it is typed into a portal; what is not known is not asked for. */
export function keyedFields(line: TransferLine, settings: TransferSettings): KeyedField[] {
  const style = { decimal: ',', date: 'd.m.yyyy', separator: ';' } as const
  return keyedColumns.flatMap((column) => {
    const text = columnText(column, line, style, settings)
    return text === '' ? [] : [{ column, text }]
  })
}

/** What is still to be typed, in the order of the portal. What was ticked off yesterday is not in it: so it goes on where it was left. */
export const keyingQueue = (lines: readonly TransferLine[]): TransferLine[] =>
  lines.filter((line) => isOpen(line) && isComplete(line))

export interface KeyingPlace {
  /** Which client of how many, and which visit of theirs; from one. */
  readonly client: number
  readonly clients: number
  readonly visit: number
  readonly visits: number
}

const whose = ({ customership, channel, organiser }: TransferLine): string =>
  [channel, organiser, customership].join('/')

/** Where that visit stands in the list; null when it is not in it. */
export function placeIn(queue: readonly TransferLine[], visit: string): KeyingPlace | null {
  const line = queue.find((one) => one.visit === visit)
  if (!line) return null
  const clients = [...new Set(queue.map(whose))]
  const own = queue.filter((one) => whose(one) === whose(line))
  return {
    client: clients.indexOf(whose(line)) + 1,
    clients: clients.length,
    visit: own.indexOf(line) + 1,
    visits: own.length
  }
}

/**
 * The one that is still to be typed after it, or before, in the order of all lines; at the end the list
 * begins anew with what was passed over.
 */
export function besideIn(
  lines: readonly TransferLine[],
  visit: string,
  step: 1 | -1
): TransferLine | null {
  const at = lines.findIndex((one) => one.visit === visit)
  const around = [...lines.slice(at + 1), ...lines.slice(0, at + 1)]
  // Backwards from the one before it; it itself comes last either way.
  const own = at < 0 ? [] : around.splice(-1)
  const way = step === 1 ? around : around.reverse()
  return keyingQueue([...way, ...own])[0] ?? null
}
