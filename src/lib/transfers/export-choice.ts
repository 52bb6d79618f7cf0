import { isComplete, isDue, isOpen, stateOfLine } from '#contract/ledger.ts'
import type { TransferChannelName } from '#contract/service-event.ts'
import { mostExported, type TransferLine } from '#contract/transfers.ts'

/** Whom a file is for: one portal reads it, and one organiser's events are in it. */
export interface ExportParty {
  readonly organiser: string
  readonly channel: TransferChannelName
  /** What is still to be told there. */
  readonly count: number
}

const isExportable = (line: TransferLine): boolean => isDue(line) && isOpen(line)

/** Every organiser and portal of which something is still to be told, in the order of the lines. */
export function exportParties(lines: readonly TransferLine[]): ExportParty[] {
  const parties = Map.groupBy(lines.filter(isExportable), partyName)
  return [...parties.values()].flatMap((own) =>
    own[0] ? [{ organiser: own[0].organiser, channel: own[0].channel, count: own.length }] : []
  )
}

export const partyName = ({ organiser, channel }: Pick<ExportParty, 'organiser' | 'channel'>) =>
  `${channel}/${organiser}`

export interface ExportChoice {
  /** What goes into the file. */
  readonly chosen: readonly TransferLine[]
  /** In a file before: left out unless somebody says otherwise. */
  readonly before: readonly TransferLine[]
  /** In no file, and lying in the portal as a draft: left out likewise. */
  readonly drafts: readonly TransferLine[]
  readonly incomplete: readonly TransferLine[]
}

const wasInFile = (line: TransferLine): boolean =>
  stateOfLine(line) === 'exported' || (line.event?.data.exports ?? []).length > 0

/** Of what is still to be told: what a file takes, and what it leaves out and why. */
export function exportChoice(lines: readonly TransferLine[], again: boolean): ExportChoice {
  const open = lines.filter(isExportable)
  const complete = open.filter(isComplete)
  const told = complete.filter(({ event }) => event !== null)
  const chosen = again ? complete : complete.filter(({ event }) => event === null)
  return {
    chosen: chosen.slice(0, mostExported),
    before: told.filter(wasInFile),
    drafts: told.filter((line) => !wasInFile(line)),
    incomplete: open.filter((line) => !isComplete(line))
  }
}
