import { dayAt } from '#contract/day.ts'
import { renewCertificate } from '#server/ending/certificate.ts'
import {
  commitDeletion,
  deleteCustomership,
  type EndingParts
} from '#server/ending/delete-customership.ts'
import { planDeletion } from '#server/ending/plan-deletion.ts'

/**
 * §7: what the calendar demands, done by the server itself: what a crash cut short is finished, what
 * has ended is closed, and what is due is deleted whatever is open. It may run at any time, again and again.
 */
export async function doDaily(parts: EndingParts): Promise<void> {
  const { store, clock } = parts
  const today = dayAt(clock.now())
  for (const plan of await store.deletions.open()) await deleteCustomership(parts, plan)

  const due = planDeletion(await store.register.list(), today)
  for (const id of due.close)
    await store.register.transact(async (tx) => {
      await tx.change(id, (change) => change.setState('closed'))
    })
  for (const id of due.delete) {
    const plan = await store.register.transact((tx) =>
      commitDeletion(parts, tx, id, 'deadline', null)
    )
    if (plan) await deleteCustomership(parts, plan)
  }
  for (const certificate of await store.certificates.list())
    await renewCertificate(parts, certificate, clock.now())
}
