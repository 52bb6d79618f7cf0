import { emptyRecord, type HoldGround } from '#contract/closing.ts'
import { removePackage } from '#server/disclosures/remove-package.ts'
import type { Deed } from './acting.ts'

/** Holds that are there only because it was ending. */
const ofTheEnding: readonly HoldGround[] = ['unconfirmed-hand-over', 'statutory-retention']

/**
 * §7: until its key is destroyed an ending can be taken back. The tablets receive everything again;
 * what was settled for the end would be settled anew, and other holds stand as they are.
 */
export const cancelEnding: Deed<'cancel'> = async (change, { reason }, { by, at }) => {
  if (change.facts.state === 'active') return { code: 'conflict' }
  const record = await change.closingRecord()
  await removePackage(change)
  const { alarms, answers } = record
  await change.writeClosingRecord({
    ...emptyRecord,
    // What a note raised and who saw to it has nothing to do with the end.
    ...(alarms ? { alarms } : {}),
    ...(answers ? { answers } : {}),
    holds: record.holds.filter(({ ground }) => !ofTheEnding.includes(ground)),
    resumed: [...record.resumed, { by, at, reason }]
  })
  await change.clearEnding()
  return null
}
