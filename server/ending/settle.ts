import { entriesOf } from '#contract/entry.ts'
import { newHoldId } from './holds.ts'
import { removePackage } from '#server/disclosures/remove-package.ts'
import { refused, type Deed } from './acting.ts'

/** What the list cannot see for itself, told by whoever did it. */
export const tick: Deed<'tick'> = async (change, { item, how }, { by, at }) => {
  const record = await change.closingRecord()
  const ticks = record.ticks.filter((one) => one.item !== item)
  await change.writeClosingRecord({ ...record, ticks: [...ticks, { item, how, by, at }] })
  return null
}

/** §7: documents are returned to the ordering municipality or destroyed. */
export const settleDocument: Deed<'document'> = async (change, act, { by, at }) => {
  const { document, fate, how } = act
  const standing = (await change.ofKind('document')).find(({ id }) => id === document)
  if (!standing || standing.data.removed) return { code: 'not-found' }
  const record = await change.closingRecord()
  const documents = record.documents.filter((one) => one.document !== document)
  const settled = { document, fate, by, at, ...(how === undefined ? {} : { how }) }
  await change.writeClosingRecord({ ...record, documents: [...documents, settled] })
  return null
}

/** §7: deletion is safe only after hand-over. The package has served, and what waited for it waits no more. */
export const recordReceipt: Deed<'receipt'> = async (change, act, { by, at, today }) => {
  const { from, receivedOn, how } = act
  if (receivedOn > today) return refused('receivedOn', 'future')
  const record = await change.closingRecord()
  await removePackage(change)
  await change.writeClosingRecord({
    ...record,
    receipt: { from, receivedOn, how, by, at },
    holds: record.holds.map((hold) =>
      hold.ground === 'unconfirmed-hand-over' && !hold.ended
        ? { ...hold, ended: { at, how: 'confirmed' } }
        : hold
    )
  })
  return null
}

/** Where the provider is controller: what a law asks to be kept lies under a hold until its last day. */
export const answerRetention: Deed<'retention'> = async (change, { keep }, acting) => {
  const { by, at, today } = acting
  const decisions = entriesOf(await change.entries({ kinds: ['decision'] }), 'decision')
  if (!decisions.some(({ data }) => data.controller === 'provider')) return { code: 'conflict' }
  if (keep && keep.lastDay <= today) return refused('lastDay', 'past')
  const record = await change.closingRecord()
  const others = record.holds.map((hold) =>
    hold.ground === 'statutory-retention' && !hold.ended
      ? { ...hold, ended: { at, how: 'set-aside' as const } }
      : hold
  )
  const kept = keep && {
    id: newHoldId(at),
    ground: 'statutory-retention' as const,
    words: keep.ground,
    by,
    at,
    reviewBy: keep.lastDay,
    until: keep.lastDay,
    reviews: [],
    renewals: [],
    asides: []
  }
  await change.writeClosingRecord({
    ...record,
    retention: { keep, by, at },
    holds: kept ? [...others, kept] : others
  })
  return null
}
