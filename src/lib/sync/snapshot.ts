import type { Moment } from '#contract/day.ts'
import { now, today } from '#lib/device/clock.ts'
import type { CopyRow, MetaValues, OutboxRow, SealedRow } from '#lib/device/database.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { isOver } from '#lib/vault/purge.ts'
import { manifestOf } from './apply.ts'

/** Everything that lists show, still sealed, as it stood at one instant. */
export interface Snapshot {
  readonly faces: readonly SealedRow[]
  readonly copies: readonly CopyRow[]
  readonly outbox: readonly OutboxRow[]
  readonly manifest: ArrayBuffer | null
  readonly organisation: MetaValues['organisation'] | undefined
  readonly freshAt: Moment | null
}

export async function readSnapshot({ database, door }: OpenVault): Promise<Snapshot> {
  const { faces, copies, outbox, meta } = database
  const day = today(await door.timeMark(), now())
  const found = await database.transaction('r', [faces, copies, outbox, meta], async () => ({
    faces: await faces.toArray(),
    copies: await copies.toArray(),
    outbox: await outbox.toArray(),
    manifest: await manifestOf(database),
    organisation: await database.readMeta('organisation'),
    freshAt: (await database.readMeta('contact'))?.serverTime ?? null
  }))
  return { ...found, faces: found.faces.filter((row) => !isOver(row, day)) }
}

/** Whether the server is known to hold something newer of what is held here. */
export function isBehind({ faces, outbox }: Snapshot): boolean {
  const revisions = new Map(faces.map(({ id, revision }) => [id, revision]))
  return outbox.some(({ receipt, customership }) => {
    const held = revisions.get(customership)
    return held !== undefined && (receipt?.revision ?? 0) > held
  })
}
