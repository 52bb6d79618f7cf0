import { dayAt } from '#contract/day.ts'
import { keepCheckpoint } from '#server/audit/keep-checkpoint.ts'
import { keepLogs } from '#server/audit/keep-logs.ts'
import { renewCertificate } from '#server/ending/certificate.ts'
import { deleteCustomership, type EndingParts } from '#server/ending/delete-customership.ts'
import { doDeadline } from '#server/ending/do-deadline.ts'
import { keepHolds } from '#server/ending/keep-holds.ts'
import { keepIncidents } from '#server/ending/keep-incidents.ts'
import { lapse, readLapses } from '#server/ending/lapse.ts'
import { planDeletion } from '#server/ending/plan-deletion.ts'
import { scanRemains } from '#server/ending/scan-remains.ts'
import { warn } from '#server/ending/warn.ts'

/**
 * §7: what the calendar demands, done by the server itself: what a crash cut short is finished, what
 * has no decision left ends, what has ended is closed, and what is due is deleted unless a hold stops
 * it. Whoever must know beforehand is warned. It may run at any time, again and again.
 */
export async function doDaily(parts: EndingParts): Promise<void> {
  const { store, clock } = parts
  const failures: unknown[] = []
  // A deletion that fails holds up no other; it is told of when all are done, and tried again next time.
  const each = async <T>(items: readonly T[], use: (item: T) => Promise<unknown>) => {
    for (const item of items)
      await use(item).catch((error: unknown) => {
        failures.push(error)
      })
  }

  await each(await store.deletions.open(), (plan) => deleteCustomership(parts, plan))
  for (const { id, endDay } of await readLapses(parts))
    await each([id], () => lapse(parts, id, endDay))
  const due = planDeletion(await store.register.list({ isDated: true }), dayAt(clock.now()))
  await each(due.close, (id) =>
    store.register.transact((tx) =>
      tx.change(id, (change) => change.setState('closed'), { alsoRestricted: true })
    )
  )
  await each([parts], keepHolds)
  await each(due.delete, (id) => doDeadline(parts, id))
  await each([parts], warn)
  await each(await store.certificates.list(), (certificate) =>
    renewCertificate(parts, certificate, clock.now())
  )
  await each([parts], keepCheckpoint)
  await each([parts], scanRemains)
  await each([parts], keepLogs)
  await each([parts], keepIncidents)
  await each([parts], turnNightly)
  // A new day changes what is told of every customership: read here, before somebody waits for it.
  if ((await store.organisation.read()).organisation) await store.register.catchUp()
  if (failures.length > 0) throw new AggregateError(failures, 'what was due is not all done')
}

/** What was committed is finished, whatever the clock says: its key may be gone already. */
export async function finishBegun(parts: EndingParts): Promise<void> {
  for (const plan of await parts.store.deletions.open()) await deleteCustomership(parts, plan)
}

/** §7: what was destroyed during the day is final from the first run of the next one. */
async function turnNightly({ keyStore, clock }: EndingParts): Promise<void> {
  // A clock that was ahead once must not put off every turn until then.
  if (dayAt(keyStore.epochBegunAt) !== dayAt(clock.now())) await keyStore.turnEpoch()
}
