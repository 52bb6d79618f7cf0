import { addDays, dayAt, toMoment, type Day } from '#contract/day.ts'
import type { ReviewId } from '#contract/id.ts'
import {
  mayReview,
  reviewDays,
  type Review,
  type ReviewAnswer,
  type ReviewLine,
  type ReviewsAnswer
} from '#contract/review.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { tellUses } from '#server/logs/search-log.ts'
import { readNames, type Names } from '#server/store/current-names.ts'
import type { Store } from '#server/store/store.ts'
import type { ReviewLineTable, ReviewTable } from '#server/store/tables.ts'
import { nextPeriod } from './start-review.ts'

export async function readReviews(store: Store, now: number): Promise<ReviewsAnswer> {
  const names = await readNames(store)
  const reviews = await store.reviews.list()
  const lines = Map.groupBy(await store.reviews.lines(), ({ review }) => review)
  return {
    reviews: reviews.map((review) => tellReview(review, lines.get(review.id) ?? [], names)),
    next: nextPeriod(reviews[0], dayAt(now)),
    overdueSince: await readOverdue(store, now)
  }
}

/** Null: it is not there. `seesNames`: overseeing alone shows no client. */
export async function readReview(
  store: Store,
  id: ReviewId,
  { id: by, tasks }: SignedIn
): Promise<ReviewAnswer | null> {
  const review = await store.reviews.find(id)
  if (!review) return null
  const names = await readNames(store)
  const lines = await store.reviews.lines(id)
  const seesNames = tasks.some((task) => task !== 'oversight')
  const found = await store.usage.atLines(lines.map(({ line }) => line))
  const uses = new Map((await tellUses(store, found, seesNames)).map((use) => [use.line, use]))
  return {
    review: tellReview(review, lines, names),
    lines: lines
      .map(({ line, revision, finding, consequence, judgedBy, judgedAt }): ReviewLine => {
        const use = uses.get(line) ?? null
        return {
          ...{ line, revision, finding, consequence, use },
          judgedByName: names.user(judgedBy),
          judgedAt: judgedAt === null ? null : toMoment(judgedAt),
          isOwn: use?.user === by
        }
      })
      .toSorted((a, b) => (b.use?.at ?? '').localeCompare(a.use?.at ?? '') || b.line - a.line)
  }
}

/**
 * §12: the day from which on a closed review is missed; null: the latest is recent enough, or the register
 * so young that none was due.
 */
export async function readOverdue(store: Store, now: number): Promise<Day | null> {
  const [begun] = await store.trail.after(0, 1)
  const since = (await store.reviews.lastClosedAt()) ?? begun?.at ?? now
  const due = addDays(dayAt(since), reviewDays)
  return due < dayAt(now) ? due : null
}

/** The same for Tilanne: said to whoever can do something about it. */
export async function readOverdueFor(
  store: Store,
  user: SignedIn,
  now: number
): Promise<Day | null> {
  return mayReview(user) ? readOverdue(store, now) : null
}

function tellReview(
  { fromDay, untilDay, startedAt, closedAt, closedBy, ...review }: ReviewTable,
  lines: readonly ReviewLineTable[],
  names: Names
): Review {
  const having = (key: 'finding' | 'consequence', value: string) =>
    lines.filter((line) => line[key] === value).length
  const reviewers = new Set(lines.flatMap(({ judgedBy }) => judgedBy ?? []))
  return {
    ...review,
    from: fromDay,
    until: untilDay,
    startedAt: toMoment(startedAt),
    startedByName: names.user(review.startedBy),
    closedAt: closedAt === null ? null : toMoment(closedAt),
    closedByName: names.user(closedBy),
    reviewers: [...reviewers].map((by) => names.user(by)),
    judged: lines.filter(({ finding }) => finding !== null).length,
    findings: {
      fine: having('finding', 'fine'),
      asked: having('finding', 'asked'),
      breach: having('finding', 'breach')
    },
    consequences: {
      told: having('consequence', 'told'),
      'rights-changed': having('consequence', 'rights-changed'),
      incident: having('consequence', 'incident')
    }
  }
}
