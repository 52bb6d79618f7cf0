import {
  closingActSchema,
  type ClosingAct,
  type ClosingDocument,
  type TickedItem
} from '#contract/closing.ts'
import type { Day } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import { readWith, type FormReading, type Wrong, type WrongKey } from '#lib/i18n/wrong.ts'

type Reading = FormReading<ClosingAct>

export interface ReceiptForm {
  from: string
  receivedOn: string
  how: string
}

export interface RetentionForm {
  ground: string
  lastDay: string
}

export interface HoldForm {
  id: EntryId
  ground: string
  words: string
  reviewBy: string
}

export interface ReviewForm {
  finding: string
  reviewBy: string
}

/** Elsewhere `from` is a day; a receipt's says whose it is. The server knows a last day by that name alone. */
export function wrongOfAct(wrong: Wrong): Wrong {
  const { lastDay, ...rest } = wrong
  return {
    ...rest,
    ...(rest['from'] === 'wrong.day' ? { from: 'wrong.required' as const } : {}),
    ...(lastDay ? { 'keep.lastDay': lastDay } : {})
  }
}

function readAct(candidate: object): Reading {
  const reading = readWith(closingActSchema, candidate)
  return reading.read ? reading : { read: null, wrong: wrongOfAct(reading.wrong) }
}

/** The day itself may be well written and still not do. */
function unless(wrong: boolean, field: string, key: WrongKey, reading: Reading): Reading {
  return wrong ? { read: null, wrong: { ...reading.wrong, [field]: key } } : reading
}

export const readTick = (item: TickedItem, how: string): Reading =>
  readAct({ act: 'tick', item, how: how.trim() })

export function readFate(
  document: EntryId,
  fate: NonNullable<ClosingDocument['settled']>['fate'],
  how: string
): Reading {
  const said = how.trim()
  return readAct({ act: 'document', document, fate, ...(said ? { how: said } : {}) })
}

/** What has not come yet cannot have been received. */
export function readReceipt({ from, receivedOn, how }: ReceiptForm, today: Day): Reading {
  const reading = readAct({ act: 'receipt', from: from.trim(), receivedOn, how: how.trim() })
  return unless(receivedOn > today, 'receivedOn', 'wrong.pastDay', reading)
}

/** Null: no law asks for anything to be kept. */
export function readRetention(form: RetentionForm | null, today: Day): Reading {
  const keep = form && { ground: form.ground.trim(), lastDay: form.lastDay }
  const reading = readAct({ act: 'retention', keep })
  return unless(form !== null && form.lastDay <= today, 'keep.lastDay', 'wrong.comingDay', reading)
}

export function readHold({ words, ...form }: HoldForm, today: Day): Reading {
  const reading = readAct({ act: 'hold', ...form, words: words.trim() })
  return unless(form.reviewBy <= today, 'reviewBy', 'wrong.comingDay', reading)
}

export function readReview(hold: EntryId, { finding, reviewBy }: ReviewForm, today: Day): Reading {
  const reading = readAct({ act: 'review', hold, finding: finding.trim(), reviewBy })
  return unless(reviewBy <= today, 'reviewBy', 'wrong.comingDay', reading)
}

export const readCancellation = (reason: string): Reading =>
  readAct({ act: 'cancel', reason: reason.trim() })

/** What is done to a hold with nothing but a reason. */
export const readOfHold = (act: 'renew' | 'set-aside', hold: EntryId, reason: string): Reading =>
  readAct({ act, hold, reason: reason.trim() })
