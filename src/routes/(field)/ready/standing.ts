import { toMilliseconds } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { heldTime, now, today } from '#lib/device/clock.ts'
import { askToPersist } from '#lib/device/persist.ts'
import { readSpace } from '#lib/device/space.ts'
import { isWaiting } from '#lib/operations/written-state.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'
import { visitsOn } from '#lib/today/agenda.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { leaseEnd } from '#lib/vault/purge.ts'
import type { EndingPermit, Standing } from './checks.ts'
import { endingPermits } from './ending-permits.ts'

/** What the screens show already, as it was when the look began. */
export interface Shown extends Pick<Replica, 'faces' | 'outbox' | 'freshAt'> {
  readonly newVersionReady: boolean
  readonly opensOffline: boolean
}

/** Looks at everything once: each of today's clients is really opened, and not only counted. */
export async function readStanding(
  vault: OpenVault,
  replica: Pick<Replica, 'open' | 'user'>,
  { faces, outbox, freshAt, newVersionReady, opensOffline }: Shown
): Promise<Standing> {
  const mark = await vault.door.timeMark()
  const door = await vault.door.vaults.get(vault.device)
  if (!door) throw new Error('an open vault has its row')
  const lease = await vault.database.readMeta('lease')
  const day = today(mark, now())
  const clients = new Map(
    visitsOn(faces, replica.user, day).map(({ face }) => [face.id, face.firstName])
  )
  const opened = await openAll(replica, clients)
  const waiting = outbox.filter(isWaiting)
  return {
    now: heldTime(mark, now()),
    clients: { expected: clients.size, held: opened.length },
    freshAt,
    opensOffline,
    leaseUntil: leaseEnd(lease, door),
    unsent: waiting.length,
    unsentSince:
      waiting.length > 0
        ? Math.min(...waiting.map(({ at }) => toMilliseconds(at))) - mark.offset
        : null,
    persists: await askToPersist(),
    space: await readSpace(),
    clockOffset: mark.offset,
    newVersionReady,
    permits: opened.flatMap(({ firstName, documents }) =>
      endingPermits(documents, day).map((permit): EndingPermit => ({ firstName, ...permit }))
    )
  }
}

/** One after another: the replica keeps one of them parsed at a time. */
async function openAll(
  replica: Pick<Replica, 'open'>,
  clients: ReadonlyMap<CustomershipId, string>
) {
  const opened = []
  for (const [id, firstName] of clients) {
    const held = await replica.open(id)
    if (!held) continue
    const documents = held.entries.flatMap((entry) =>
      entry.kind === 'document' ? [entry.data] : []
    )
    opened.push({ firstName, documents })
  }
  return opened
}
