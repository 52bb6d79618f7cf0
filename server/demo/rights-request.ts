import { addDays, instantOf, type Day } from '#contract/day.ts'
import { rightsRequestIdSchema } from '#contract/id.ts'
import { emptyWork } from '#contract/rights-request.ts'
import type { Store } from '#server/store/store.ts'
import { families } from './family.ts'
import { Seeded } from './seeded.ts'
import { coordinator } from './staff.ts'

const asked =
  'Haluaisin nähdä, mitä perheestämme on kirjattu syksyn aikana ja ketkä tietoja ovat katsoneet.'
const age = 26

/** A request whose month is nearly over. While nobody has practised on it a new day moves it along. */
export async function ensureRightsRequest(store: Store, today: Day): Promise<void> {
  const family = families[8]
  if (!family) throw new Error('a request is of a family')
  const seeded = new Seeded('rights request')
  const id = rightsRequestIdSchema.parse(seeded.customershipId())
  const receivedOn = addDays(today, -age)
  const known = await store.rights.find(id)
  if (known) {
    const isUntouched = known.closedAt === null && known.extension === null
    if (isUntouched && known.receivedOn !== receivedOn) await store.rights.change(id, { receivedOn })
    return
  }
  await store.register.transact(async (tx) => {
    const works = await tx.rights(family.id)
    if (!works) return
    const running = await store.nextNumber(`rights/${today.slice(0, 4)}`)
    await store.rights.add({
      id,
      number: `P-${today.slice(0, 4)}-${String(running).padStart(4, '0')}`,
      customership: family.id,
      kind: 'access',
      who: 'client',
      identified: 'known-in-person',
      receivedOn,
      registeredAt: instantOf(receivedOn, 10),
      registeredBy: coordinator.id
    })
    await works.write(id, { ...emptyWork, asked })
  })
}
