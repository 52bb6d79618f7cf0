import type { CustomershipId, UserId } from '#contract/id.ts'
import type { AnswerFetch } from '#contract/answer-file.ts'
import { recordDisclosure } from '#server/audit/disclosure.ts'
import type { Clock } from '#server/clock.ts'
import type { AnswerFacts } from '#server/store/answers.ts'
import type { Store } from '#server/store/store.ts'
import { answerDisclosure } from './read-answer.ts'

/** §10, §13: it leaves when it is fetched to be handed over; by another way it leaves again. */
export async function recordAnswerLeaving(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  of: { readonly customership: CustomershipId; readonly by: UserId },
  { number: reference, kind, for: recipient, archiveSha256 }: AnswerFacts,
  { channel }: AnswerFetch
): Promise<void> {
  const { customership, by } = of
  const sent = { customership, kind: answerDisclosure, reference, recipient, channel } as const
  if (await store.disclosures.has(sent)) return
  await recordDisclosure(store, clock, {
    ...sent,
    by,
    ground: kind === 'access' ? 'right-of-access' : 'portability',
    fingerprint: archiveSha256
  })
}
