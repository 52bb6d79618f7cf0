import { customershipListSchema } from '#contract/customership.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Desk } from '#lib/customerships/office-desk.svelte.ts'

export interface Found {
  readonly id: CustomershipId
  readonly name: string
}

const most = 8

/** By a name's beginning; before anything is typed, the clients of the worker who would be sent. */
export async function findClients(
  desk: Desk,
  words: string,
  worker: UserId | null
): Promise<Found[]> {
  const query = words.trim()
  if (query === '' && worker === null) return []
  const asked = query === '' ? { query, worker } : { query }
  const answer = await desk.ask(
    'POST',
    '/api/office/customerships/search',
    { ...asked, limit: most },
    customershipListSchema
  )
  if (!answer.ok) return []
  return answer.data.customerships
    .filter(({ state }) => state === 'active' || state === 'ending')
    .slice(0, most)
    .map(({ id, firstName, lastName }) => ({ id, name: `${lastName} ${firstName}` }))
}
