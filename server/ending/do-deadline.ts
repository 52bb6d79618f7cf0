import { dayAt, toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { atDeadline, handOverOf } from './deadline.ts'
import { controllersOf } from './closing-list.ts'
import { commitDeletion, deleteCustomership, type EndingParts } from './delete-customership.ts'
import { unconfirmedHold } from './holds.ts'

/** §7: the deadline of one customership has come, whatever is open. */
export async function doDeadline(parts: EndingParts, id: CustomershipId): Promise<void> {
  const { store, clock } = parts
  const today = dayAt(clock.now())
  const read = await store.register.read(id, async (reader) => ({
    isRestricted: reader.facts.restrictedOn !== null,
    record: await reader.closingRecord(),
    controllers: controllersOf(await reader.ofKind('decision'))
  }))
  if (!read) return
  const what = atDeadline(read.record, read.controllers, today, read.isRestricted)
  if (what === 'hold') await waitForReceipt(parts, id)
  if (what !== 'delete') return
  const handOver = handOverOf(read.record, read.controllers)
  const plan = await store.register.transact((tx) =>
    commitDeletion(parts, tx, id, 'deadline', null, handOver)
  )
  if (plan) await deleteCustomership(parts, plan)
}

async function waitForReceipt({ store, clock }: EndingParts, id: CustomershipId): Promise<void> {
  const now = clock.now()
  await store.register.transact((tx) =>
    tx.change(
      id,
      async (change) => {
        const record = await change.closingRecord()
        const hold = unconfirmedHold(dayAt(now), toMoment(now))
        await change.writeClosingRecord({ ...record, holds: [...record.holds, hold] })
      },
      { alsoClosed: true, alsoRestricted: true }
    )
  )
}
