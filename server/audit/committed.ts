import type { CustomershipId } from '#contract/id.ts'
import { rowToDisclosure } from '#server/store/disclosure-log.ts'
import type { Store } from '#server/store/store.ts'
import {
  wordsOfAct,
  wordsOfDisclosure,
  wordsOfReceipt,
  wordsOfRefusal,
  wordsOfUse
} from '#server/store/trail-words.ts'

/** What a log says now of a line of the trail. */
export interface Committed {
  readonly line: number
  readonly words: string
  readonly salt: Buffer | null
  readonly customership: CustomershipId | null
}

/** What the logs say of the lines from the first to the last, in no order. */
export async function readCommitted(
  store: Store,
  first: number,
  last: number
): Promise<Committed[]> {
  const found: Committed[] = []
  for (const { line, salt, ...use } of await store.usage.byLine(first, last))
    if (line !== null)
      found.push({ line, salt, words: wordsOfUse(use), customership: use.customership })
  for (const row of await store.disclosures.byLine(first, last)) {
    const { id, customership, line, salt, receiptLine, receiptSalt, receiptAt, receiptCode } = row
    if (line !== null)
      found.push({ line, salt, customership, words: wordsOfDisclosure(rowToDisclosure(row)) })
    if (receiptLine !== null && receiptAt !== null && receiptCode !== null) {
      const words = wordsOfReceipt(id, { at: receiptAt, code: receiptCode })
      found.push({ line: receiptLine, salt: receiptSalt, customership, words })
    }
  }
  for (const { line, salt, refused, ...act } of await store.acts.byLine(first, last)) {
    found.push({ line, salt, words: wordsOfAct(act), customership: null })
    if (refused !== null)
      found.push({ line: refused, salt, words: wordsOfRefusal(line), customership: null })
  }
  return found.filter(({ line }) => line >= first && line <= last)
}
