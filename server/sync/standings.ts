import type { CustomershipId } from '#contract/id.ts'
import { access } from '#server/access/access.ts'
import type { AssignmentFacts } from '#server/store/customership-facts.ts'
import type { Standing } from './admission.ts'
import type { Push } from './decide.ts'

/** `none`: there never was one, as far as the register knows. */
export type Standings = ReadonlyMap<CustomershipId, Standing | 'none' | 'deleted'>

/** Where each stands, asked for all at once. Nothing that an operation does changes who may do it. */
export async function readStandings(
  push: Omit<Push, 'standings'>,
  customerships: readonly CustomershipId[]
): Promise<Standings> {
  if (customerships.length === 0) return new Map()
  const { store, tx, device } = push
  const deleted = new Set(await store.suppression.among(customerships))
  const assignments = Map.groupBy(
    await store.register.assignmentsAmong(customerships),
    ({ customership }) => customership
  )
  const sent = await tx.holdings.sentAmong(device.id, customerships)
  const standings = new Map<CustomershipId, Standing | 'none' | 'deleted'>()
  for (const id of customerships)
    standings.set(
      id,
      deleted.has(id)
        ? 'deleted'
        : await standingOf(push, id, assignments.get(id) ?? [], sent.has(id))
    )
  return standings
}

async function standingOf(
  { store, author, organisation, now }: Omit<Push, 'standings'>,
  customership: CustomershipId,
  assignments: readonly AssignmentFacts[],
  wasSent: boolean
): Promise<Standing | 'none' | 'deleted'> {
  const facts = await store.register.find(customership)
  if (!facts) return 'none'
  if (facts.state === 'deleting') return 'deleted'
  const aheadDays = organisation.policy.assignmentAheadDays
  const where = author.role === 'main-user' ? 'office' : 'tablet'
  const granted = access(author, { facts, assignments }, { now, aheadDays, where })
  return { facts, assignments, view: granted?.view ?? null, wasSent }
}
