import { toMilliseconds } from '#contract/day.ts'
import type { Disclosure, ReceiptCode } from '#contract/disclosure.ts'
import type { EntryId } from '#contract/id.ts'
import type { Act } from './act-log.ts'
import type { Use } from './usage-log.ts'

/** What a line of a log says, written in one way only: a trail commits to these words. */
const written = (...words: readonly (string | number | null)[]): string => JSON.stringify(words)

export function wordsOfUse({ customership, user, device, kind, purpose, at }: Use): string {
  return written('use', customership, user, device, kind, purpose, at)
}

export function wordsOfDisclosure(line: Disclosure): string {
  const { id, at, by, customership, kind, reference, recipient, channel, ground } = line
  const who = [id, toMilliseconds(at), by, customership] as const
  const what = [
    kind,
    reference,
    recipient,
    channel,
    ground,
    line.content,
    line.fingerprint
  ] as const
  return written('disclosure', ...who, ...what)
}

export function wordsOfReceipt(id: EntryId, receipt: { at: number; code: ReceiptCode }): string {
  return written('receipt', id, receipt.at, receipt.code)
}

export function wordsOfAct({ user, act, subject, at }: Act): string {
  return written('act', user, act, subject, at)
}

export function wordsOfRefusal(line: number): string {
  return written('refusal', line)
}
