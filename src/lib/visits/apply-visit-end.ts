import type { Moment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { DoorDatabase } from '#lib/device/database.ts'
import { withLock } from '#lib/device/locks.ts'
import { dropVisitEnd, readVisitEnd } from '#lib/device/visit-end.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'
import { endedBy } from './ended-at-lock.ts'
import { recordCompleted } from './recording.ts'
import { wholeMinute } from './times.ts'

/** What became of the time; null when another tab has seen to it. */
export type Applied = 'applied' | 'dropped' | null

/** A slow network must not leave the visit running on the screen for long. */
const patienceMilliseconds = 5000

/**
 * Takes the time noted on the lock screen to its visit. What the server knows comes first where there
 * is a network, because the visit may have been ended elsewhere. The note at the door goes last: killed
 * in between, the next unlocking finds that the visit has this very end.
 */
export function applyVisitEnd(replica: Replica, door: DoorDatabase): Promise<Applied> {
  return withLock(`kotikaynti-visit-end-${replica.device}`, async () => {
    const pressed = await readVisitEnd(door, replica.device)
    if (pressed === null) return null
    await Promise.race([replica.pull(), patience()])
    const applied = await applyAt(replica, wholeMinute(pressed))
    await dropVisitEnd(door, replica.device)
    return applied
  })
}

async function applyAt(replica: Replica, at: Moment): Promise<Applied> {
  const visits = await ownVisits(replica)
  const ended = endedBy(
    visits.map(({ visit }) => visit.data),
    replica.user,
    at
  )
  if (typeof ended === 'string') return ended === 'known' ? 'applied' : 'dropped'
  for (const { customership, visit } of visits) {
    const { startedAt } = visit.data
    if (!ended.includes(visit.data) || !startedAt) continue
    const body = recordCompleted({ id: visit.id, ...visit.data }, startedAt, at, visit.data.reason)
    await replica.submit({ op: 'visit.record', customership, body })
  }
  return 'applied'
}

/** Read from what is held now, since the faces are drawn a moment later. */
async function ownVisits(
  replica: Replica
): Promise<{ customership: CustomershipId; visit: Entry<'visit'> }[]> {
  const found: { customership: CustomershipId; visit: Entry<'visit'> }[] = []
  for (const face of replica.faces) {
    if (!face.visits.some(({ worker }) => worker === replica.user)) continue
    const held = await replica.open(face.id)
    for (const visit of entriesOf(held?.entries ?? [], 'visit'))
      if (!visit.data.forkOf) found.push({ customership: face.id, visit })
  }
  return found
}

const patience = () =>
  new Promise((resolve) => {
    setTimeout(resolve, patienceMilliseconds)
  })
