import type { ClosingAct, ClosingActName } from '#contract/closing.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { Acting, Deed } from './acting.ts'
import { cancelEnding } from './cancel-ending.ts'
import { renewHold, reviewHold, setHold, setHoldAside } from './holds.ts'
import { seeWarnings } from './see-warnings.ts'
import { answerRetention, recordReceipt, settleDocument, tick } from './settle.ts'

/** Every act with its deed: a new one in the contract does not compile until someone does it. */
const deeds: { readonly [N in ClosingActName]: Deed<N> } = {
  cancel: cancelEnding,
  tick,
  document: settleDocument,
  receipt: recordReceipt,
  retention: answerRetention,
  hold: setHold,
  review: reviewHold,
  renew: renewHold,
  'set-aside': setHoldAside,
  seen: seeWarnings
}

export function act(
  change: CustomershipChange,
  asked: ClosingAct,
  acting: Acting
): Promise<Refusal | null> {
  return (deeds[asked.act] as Deed<ClosingActName>)(change, asked, acting)
}
