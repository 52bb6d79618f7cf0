import type { AskOutcome, AskToComplete, CompletionRequest } from '#contract/completion-request.ts'
import { dayAt, toMilliseconds } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import { entryIdSchema, type CustomershipId, type EntryId, type UserId } from '#contract/id.ts'
import { isWantedOf } from '#contract/visit-around.ts'
import { access } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'

type Asked = AskToComplete['requests'][number]

interface Parts {
  readonly store: Store
  readonly clock: Clock
}

interface Asking {
  readonly now: number
  readonly word: string | undefined
  readonly users: ReadonlyMap<UserId, User>
}

interface Judged {
  readonly asked: Asked
  readonly outcome: AskOutcome
  /** What is written for it, under which id. */
  readonly request?: { readonly id: EntryId; readonly data: CompletionRequest }
}

/** Asks of one customership, in one commit. What asks nothing leaves no revision behind, and rings at no tablet. */
export async function askToComplete(
  { store, clock }: Parts,
  id: CustomershipId,
  asked: readonly Asked[],
  word: string | undefined,
  by: SignedIn
): Promise<Judged[]> {
  const users = new Map((await store.users.list()).map((user) => [user.id, user]))
  const now = clock.now()
  const asking = { now, word, users }
  return store.register.transact(async (tx) => {
    const facts = await store.register.find(id)
    const at = { now, aheadDays: 0, where: 'office' } as const
    const granted = facts && access(by, { facts, assignments: [] }, at)
    const judged =
      granted && granted.view.restrictedOn === undefined
        ? await store.register.read(id, (reader) => judge(reader, asked, asking))
        : null
    if (!judged) return asked.map((one) => ({ asked: one, outcome: 'absent' }))
    const requests = judged.flatMap(({ request }) => request ?? [])
    if (requests.length === 0) return judged
    await tx.change(id, async (change) => {
      for (const one of requests) await change.put('completion-request', one.id, one.data, by.id)
    })
    const use = { customership: id, user: by.id, kind: 'write', purpose: 'organising' } as const
    await recordUse(store, clock, use)
    return judged
  })
}

/**
 * One request lies under a visit for each thing that is asked: asked again on a later day it is the same one
 * with a later time, and nobody is asked twice in a day.
 */
async function judge(
  reader: CustomershipReader,
  asked: readonly Asked[],
  { now, word, users }: Asking
): Promise<Judged[]> {
  const entries = await reader.entries({ kinds: ['visit', 'note', 'completion-request'] })
  const visits = entriesOf(entries, 'visit')
  const beside = { visits, notes: entriesOf(entries, 'note').map(({ data }) => data) }
  const standing = entriesOf(entries, 'completion-request')
  const assignments = await reader.assignments()
  const on = { now, aheadDays: 0, where: 'tablet' } as const
  /** §12: no tablet but that of who serves the client today is shown it. */
  const isInReach = (worker: User) => {
    const granted = access(worker, { facts: reader.facts, assignments }, on)
    return granted?.view.kinds['completion-request'] !== undefined
  }
  return asked.map((one): Judged => {
    const { visit: id, worker, wish } = one
    const told = (outcome: AskOutcome): Judged => ({ asked: one, outcome })
    const visit = visits.find((each) => each.id === id)
    const user = users.get(worker)
    if (!visit || !user) return told('absent')
    if (!isWantedOf(wish, visit, worker, beside)) return told('done')
    if (!isInReach(user)) return told('out-of-reach')
    const former = standing.find(
      ({ data }) => data.visit === id && data.worker === worker && data.wish === wish
    )
    if (former && dayAt(toMilliseconds(former.at)) === dayAt(now)) return told('already')
    const data = { visit: id, worker, wish, ...(word === undefined ? {} : { word }) }
    const request = { id: former?.id ?? entryIdSchema.parse(newUuidV7(now)), data }
    return { ...told('asked'), request }
  })
}

/** Taken back, the tablet forgets it at its next contact. False: there is no such request. */
export async function withdrawRequest(
  change: CustomershipChange,
  request: EntryId,
  by: UserId
): Promise<boolean> {
  if (!(await change.has('completion-request', request))) return false
  await change.remove(request, by)
  return true
}
