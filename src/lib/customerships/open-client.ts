import { goto } from '$app/navigation'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { Purpose } from '#contract/role.ts'

export const clientTabs = [
  'profile',
  'decisions',
  'team',
  'visits',
  'notes',
  'documents',
  'log',
  'ending'
] as const
export type ClientTab = (typeof clientTabs)[number]

/** A queue leads to the tab where its work is done, and so each tab knows what it is opened for. */
const queuePurpose: Partial<Record<ClientTab, Purpose>> = {
  decisions: 'planning',
  visits: 'planning',
  notes: 'carrying-out'
}

/**
 * The address holds a random id and nothing else; which tab is open, and what for, stays in the
 * browser's own history. Without a tab it was found by search, and the server may ask what for.
 */
export function openClient(id: CustomershipId, tab?: ClientTab, named?: Purpose): Promise<void> {
  const purpose = named ?? (tab && (queuePurpose[tab] ?? 'organising'))
  return goto(`/office/clients/${id}`, {
    state: { ...(tab ? { tab } : {}), ...(purpose ? { purpose } : {}) }
  })
}

/** A visit's own page, where its note is written for its worker: random ids, and nothing else. */
export const visitAddress = (id: CustomershipId, visit: EntryId): string =>
  `/office/clients/${id}/visits/${visit}`

export function openVisit(id: CustomershipId, visit: EntryId): Promise<void> {
  return goto(visitAddress(id, visit), { state: { purpose: 'carrying-out' } })
}
