import type { CustomershipId } from '#contract/id.ts'
import type { Situation } from '#contract/office.ts'
import { clockOf } from '#contract/rights-clock.ts'
import type { RightsCodes, RightsLine } from '#contract/rights-request.ts'
import { access } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Store } from '#server/store/store.ts'

type Beside = Pick<RightsLine, 'clientName' | 'isDeleted'>

export function lineOf(request: RightsCodes, beside: Beside): RightsLine {
  const clock = clockOf(request.receivedOn, request.extension !== null)
  return { ...request, ...clock, ...beside }
}

/** What is open by its last day, then what is closed, the latest first. */
export async function readRequests(
  store: Store,
  user: SignedIn,
  now: number
): Promise<RightsLine[]> {
  const requests = await store.rights.list()
  const besideOf = await readBeside(store, user, requests, now)
  const lines = requests.map((request) => lineOf(request, besideOf(request)))
  const open = lines.filter(({ closedAt }) => closedAt === null)
  const closed = lines.filter(({ closedAt }) => closedAt !== null)
  return [
    ...open.sort((a, b) => a.dueOn.localeCompare(b.dueOn)),
    ...closed.sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? ''))
  ]
}

/** Those whose month is running, for Tilanne. */
export async function readRunning(
  store: Store,
  user: SignedIn,
  now: number
): Promise<Situation['requests']> {
  const requests = await store.rights.list({ isOpen: true })
  const besideOf = await readBeside(store, user, requests, now)
  return requests
    .map((request) => lineOf(request, besideOf(request)))
    .map(({ id, number, kind, dueOn, clientName: name }) => ({
      ...{ request: id, number, kind, dueOn, name }
    }))
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn))
}

/** Names are asked of whoever may open the client; who only oversees is told none. */
async function readBeside(
  store: Store,
  user: SignedIn,
  requests: readonly RightsCodes[],
  now: number
): Promise<(request: RightsCodes) => Beside> {
  const ids = [...new Set(requests.flatMap(({ customership }) => customership ?? []))]
  const names = new Map<CustomershipId, string | null>()
  const at = { now, aheadDays: 0, where: 'office' } as const
  await store.register.readEach(ids, async (reader) => {
    const granted = access(user, { facts: reader.facts, assignments: [] }, at)
    const [profile] = granted ? await reader.ofKind('profile') : []
    const { firstName, lastName } = profile?.data ?? {}
    const name = [firstName?.value, lastName?.value].filter(Boolean).join(' ')
    names.set(reader.facts.id, granted ? name : null)
  })
  return ({ customership: id }) => ({
    clientName: id === null ? null : (names.get(id) ?? null),
    isDeleted: id !== null && !names.has(id)
  })
}
