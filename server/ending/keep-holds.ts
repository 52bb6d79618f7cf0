import { dayAt, toMoment } from '#contract/day.ts'
import type { EndingParts } from './delete-customership.ts'
import { endHolds } from './holds.ts'

export async function mainUsersOf({ store }: Pick<EndingParts, 'store'>): Promise<number> {
  const users = await store.users.list()
  return users.filter(({ role, state }) => role === 'main-user' && state === 'active').length
}

/** Ends the holds whose end has come: a line in the log tells that the server did it. */
export async function keepHolds(parts: EndingParts): Promise<void> {
  const { store, clock } = parts
  const now = clock.now()
  const acting = { today: dayAt(now), at: toMoment(now), mainUsers: await mainUsersOf(parts) }
  for (const id of await store.register.heldIds()) {
    const read = await store.register.read(id, (reader) => reader.closingRecord())
    if (!read || !endHolds(read, acting)) continue
    await store.register.transact(async (tx) => {
      await tx.change(
        id,
        async (change) => {
          const next = endHolds(await change.closingRecord(), acting)
          if (next) await change.writeClosingRecord(next)
        },
        { alsoClosed: true, alsoRestricted: true }
      )
      const line = { customership: id, user: null, device: null, kind: 'write' } as const
      await tx.usage.append([{ ...line, purpose: 'oversight', at: now }])
    })
  }
}
