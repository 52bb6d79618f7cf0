import type { ReviewId, UserId } from '#contract/id.ts'
import type { Judgement } from '#contract/review.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { Store } from '#server/store/store.ts'

interface Acting {
  readonly by: UserId
  readonly at: number
}

/** §12: line by line, over nothing that was not seen, and by nobody over their own use. */
export async function judgeUse(
  store: Store,
  review: ReviewId,
  judgement: Judgement,
  acting: Acting
): Promise<Refusal | null> {
  const found = await store.reviews.find(review)
  const lines = await store.reviews.lines(review)
  const line = lines.find((one) => one.line === judgement.line)
  if (!found || !line) return { code: 'not-found' }
  const isSame =
    line.finding === judgement.finding &&
    line.consequence === judgement.consequence &&
    line.judgedBy === acting.by
  // An answer that was lost on its way is asked for again.
  if (isSame && line.revision === judgement.based + 1) return null
  if (found.closedAt !== null || line.revision !== judgement.based) return { code: 'conflict' }
  const [use] = await store.usage.atLines([judgement.line])
  if (use?.user === acting.by) return { code: 'not-allowed' }
  await store.reviews.judge(review, judgement, acting)
  return null
}

/** Once every use is judged; closed already, it stays closed by whom it was. */
export async function closeReview(
  store: Store,
  review: ReviewId,
  acting: Acting
): Promise<Refusal | null> {
  const found = await store.reviews.find(review)
  if (!found) return { code: 'not-found' }
  if (found.closedAt !== null) return null
  const lines = await store.reviews.lines(review)
  if (lines.some(({ finding }) => finding === null)) return { code: 'something-open' }
  await store.reviews.close(review, acting)
  return null
}
