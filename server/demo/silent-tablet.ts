import { deviceIdSchema } from '#contract/id.ts'
import { newSecret, secretHash } from '#server/keys/secret.ts'
import type { Store } from '#server/store/store.ts'
import { Seeded } from './seeded.ts'
import { otherWorkers } from './staff.ts'

/** The generator of P-256: a valid point, so that the register may hold it. Its cookie nobody has. */
const signingKey =
  'BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU'

const day = 86_400_000

/** A tablet that fetched its families, and has not been heard of since. */
export async function ensureSilentTablet(store: Store, lastSeenAt: number): Promise<void> {
  const user = otherWorkers.at(-1)
  if (!user) throw new Error('a tablet has a user')
  const id = deviceIdSchema.parse(new Seeded('silent tablet').uuidV7(Date.UTC(2025, 0, 9)))
  if (await store.devices.find(id)) return
  const served = await store.register.assignments({ worker: user.id })
  const customerships = (await store.register.list({ states: ['active'] }))
    .filter((facts) => served.some(({ customership }) => customership === facts.id))
  await store.register.transact(async (tx) => {
    await store.devices.enrol({
      id,
      user: user.id,
      name: 'Toimiston tabletti 4',
      signingKey,
      cookieHash: secretHash(newSecret()),
      enrolledAt: lastSeenAt - 90 * day,
      unlockUntil: null
    })
    await store.devices.contact(id, { at: lastSeenAt, leaseUntil: lastSeenAt + 7 * day })
    await tx.holdings.sent(id, customerships, lastSeenAt)
  })
}
