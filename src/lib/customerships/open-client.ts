import { goto } from '$app/navigation'
import type { CustomershipId } from '#contract/id.ts'

export const clientTabs = ['profile', 'decisions', 'team', 'visits', 'notes', 'ending'] as const
export type ClientTab = (typeof clientTabs)[number]

/** The address holds a random id and nothing else; which tab is open stays in the browser's own history. */
export function openClient(id: CustomershipId, tab?: ClientTab): Promise<void> {
  return goto(`/office/clients/${id}`, { state: tab ? { tab } : {} })
}
