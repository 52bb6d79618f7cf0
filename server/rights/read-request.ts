import type { RightsRequestId } from '#contract/id.ts'
import { emptyWork, type RightsCodes, type RightsDetail } from '#contract/rights-request.ts'
import { access } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { Store } from '#server/store/store.ts'
import { openSteps } from './open-steps.ts'
import { readClient } from './read-client.ts'
import { lineOf } from './read-requests.ts'

/** The whole of one request; who only oversees is told its codes, and nothing that was said. */
export async function readRequest(
  store: Store,
  user: SignedIn,
  id: RightsRequestId,
  now: number
): Promise<RightsDetail | null> {
  const request = await store.rights.find(id)
  if (!request) return null
  const { customership } = request
  if (customership === null) {
    const line = lineOf(request, { clientName: null, isDeleted: false })
    return { request: line, work: null, client: null, open: openSteps(request, emptyWork, null) }
  }
  const seen = await readSeen(store, user, request, now)
  const isDeleted = seen === null
  const client = seen?.client ?? null
  const work = seen?.work ?? null
  const line = lineOf(request, { clientName: client?.name ?? null, isDeleted })
  return {
    request: line,
    work,
    client,
    open: client && work ? openSteps(request, work, client) : []
  }
}

/** Null: the customership is no more. */
async function readSeen(store: Store, user: SignedIn, request: RightsCodes, now: number) {
  const { customership, id } = request
  if (customership === null) return null
  return store.register.read(customership, async (reader) => {
    const at = { now, aheadDays: 0, where: 'office' } as const
    if (!access(user, { facts: reader.facts, assignments: [] }, at))
      return { client: null, work: null }
    return { client: await readClient(store, reader), work: await reader.rights.read(id) }
  })
}
