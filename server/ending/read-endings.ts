import { isStanding, type Hold } from '#contract/closing.ts'
import { dayAt, earliestDay, type Day } from '#contract/day.ts'
import type { EndingsAnswer } from '#contract/ending.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { readSummaries } from '#server/customerships/summaries.ts'
import type { Store } from '#server/store/store.ts'
import { readEnding } from './read-ending.ts'

/** Päättyvät: every ending customership by its deadline, the holds that stand, and the certificates. */
export async function readEndings(
  store: Store,
  user: SignedIn,
  now: number
): Promise<EndingsAnswer> {
  return {
    endings: await readOpen(store, user, now),
    holds: await readHolds(store, user, now),
    certificates: await store.certificates.list()
  }
}

async function readOpen(store: Store, user: SignedIn, now: number) {
  const facts = await store.register.list({ states: ['ending', 'closed'] })
  const endings: EndingsAnswer['endings'] = []
  for (const summary of await readSummaries(store, user, facts, now)) {
    const { id, firstName, lastName, state, endDay, deleteBy } = summary
    const ending = await readEnding(store, id, now)
    if (!ending || !endDay || !deleteBy) continue
    const devices = ending.holdings.filter(({ purgedAt }) => purgedAt === null).length
    const reviewBy = nextReview(ending.record.holds, dayAt(now))
    const { open } = ending
    endings.push({ id, firstName, lastName, state, endDay, deleteBy, open, devices, reviewBy })
  }
  return endings.sort((a, b) => a.deleteBy.localeCompare(b.deleteBy))
}

async function readHolds(store: Store, user: SignedIn, now: number) {
  const ids = await store.register.heldIds()
  const facts = ids.length === 0 ? [] : await store.register.list({ ids })
  const holds: EndingsAnswer['holds'] = []
  for (const { id, firstName, lastName, state } of await readSummaries(store, user, facts, now)) {
    const record = await store.register.read(id, (reader) => reader.closingRecord())
    const standing = record?.holds.filter((hold) => isStanding(hold, dayAt(now))) ?? []
    for (const hold of standing) holds.push({ id, firstName, lastName, state, hold })
  }
  return holds.sort((a, b) => a.hold.reviewBy.localeCompare(b.hold.reviewBy))
}

const nextReview = (holds: readonly Hold[], today: Day): Day | null =>
  earliestDay(...holds.filter((hold) => isStanding(hold, today)).map(({ reviewBy }) => reviewBy))
