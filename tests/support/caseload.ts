import { addDays, dayAt, instantOf, toMoment } from '#contract/day.ts'
import {
  customershipIdSchema,
  entryIdSchema,
  type CustomershipId,
  type EntryId
} from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV4, newUuidV7 } from '#server/keys/secret.ts'

/** An invented client with one visit planned for the middle of today. */
export interface Client {
  readonly firstName: string
  readonly customership: CustomershipId
  readonly visit: EntryId
}

/** Writes clients of one worker into the register, as the office would have done long ago. */
export async function addCaseload(
  { store, clock }: Parts,
  username: string,
  firstNames: readonly string[],
  /** When their visits of today begin. */
  [hour, minute]: readonly [number, number] = [12, 0],
  /** The number of each of them. */
  phone?: string
): Promise<Client[]> {
  const user = await store.users.findByUsername(username)
  if (!user) throw new Error(`nobody is called ${username}`)
  const now = clock.now()
  const today = dayAt(now)
  const newEntry = () => entryIdSchema.parse(newUuidV7(now))
  const said = (value: string) => ({
    value,
    source: 'client' as const,
    by: user.id,
    at: toMoment(now)
  })
  const clients: Client[] = []
  for (const [index, firstName] of firstNames.entries()) {
    const customership = customershipIdSchema.parse(newUuidV4())
    const visit = newEntry()
    const decision = newEntry()
    const product = 'home-service'
    await store.register.transact(async (tx) => {
      const change = await tx.create(customership, addDays(today, -100))
      const profile = {
        ...{ firstName: said(firstName), lastName: said('Kuvitteellinen') },
        ...(phone ? { phone: said(phone) } : {})
      }
      await change.put('profile', newEntry(), profile, user.id)
      await change.put(
        'decision',
        decision,
        {
          organiser: 'mallikunta',
          controller: 'organiser',
          product,
          funding: 'voucher',
          from: addDays(today, -100),
          until: addDays(today, 300),
          grantedMinutes: 900,
          grantedPer: 'month',
          goals: []
        },
        user.id
      )
      const assignment = { worker: user.id, from: addDays(today, -100), tasks: ['care' as const] }
      await change.put('assignment', newEntry(), assignment, user.id)
      const start = instantOf(today, hour, minute) + index * 60_000
      const planned = { plannedStart: toMoment(start), plannedEnd: toMoment(start + 3_600_000) }
      const plan = { decision, product, worker: user.id, ...planned, state: 'planned' as const }
      await change.put('visit', visit, plan, user.id)
    })
    clients.push({ firstName, customership, visit })
  }
  return clients
}
