import { Hono, type Context } from 'hono'
import { reviewIdSchema, type ReviewId } from '#contract/id.ts'
import {
  judgementSchema,
  mayReview,
  reviewRequestSchema,
  type ReviewAnswer
} from '#contract/review.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody, readParam } from '#server/http/input.ts'
import { requireAccepted } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { closeReview, judgeUse } from './judge-use.ts'
import { readReview, readReviews } from './read-reviews.ts'
import { startReview } from './start-review.ts'

/** §12: reviews of who used what, drawn, judged and closed by whoever administers or oversees. */
export function reviewRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  async function requireReviewer(c: Context): Promise<SignedIn> {
    const user = await requireMainUser(c)
    if (!mayReview(user)) throw new Problem('not-allowed')
    return user
  }

  /** What is shown of it are uses of clients' data with their names: a use of its own. */
  async function requireReview(user: SignedIn, id: ReviewId): Promise<ReviewAnswer> {
    const use = { customership: null, user: user.id, kind: 'list', purpose: 'oversight' } as const
    const answer = await readReview(store, id, user)
    if (!answer) throw new Problem('not-found')
    await recordUse(store, clock, use)
    return answer
  }

  const reviewOf = (c: Context) => readParam(c, 'review', reviewIdSchema)

  routes.get('/api/office/reviews', async (c) => {
    await requireReviewer(c)
    return c.json(await readReviews(store, clock.now()))
  })

  routes.post('/api/office/reviews', async (c) => {
    const user = await requireReviewer(c)
    const asked = await readBody(c, reviewRequestSchema)
    requireAccepted(await startReview({ store, clock }, asked, user.id))
    return c.json(await requireReview(user, asked.id), 201)
  })

  routes.get('/api/office/reviews/:review', async (c) => {
    const user = await requireReviewer(c)
    return c.json(await requireReview(user, reviewOf(c)))
  })

  routes.post('/api/office/reviews/:review/judgements', async (c) => {
    const user = await requireReviewer(c)
    const id = reviewOf(c)
    const judgement = await readBody(c, judgementSchema)
    const acting = { by: user.id, at: clock.now() }
    // Whoever comes second finds what the first has found.
    await store.register.transact(async () => {
      requireAccepted(await judgeUse(store, id, judgement, acting))
    })
    return c.json(await requireReview(user, id))
  })

  routes.post('/api/office/reviews/:review/closing', async (c) => {
    const user = await requireReviewer(c)
    const id = reviewOf(c)
    const acting = { by: user.id, at: clock.now() }
    await store.register.transact(async () => {
      requireAccepted(await closeReview(store, id, acting))
    })
    return c.json(await requireReview(user, id))
  })

  return routes
}
