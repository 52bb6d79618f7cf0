import type { Moment } from '#contract/day.ts'
import type { OperationId } from '#contract/id.ts'
import type { MetaValues, OutboxRow, SealedRow } from '#lib/device/database.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'

/** Everything that lists show, still sealed, as it stood at one instant. */
export interface Snapshot {
  readonly faces: readonly SealedRow[]
  /** Of which own operations there is a copy: read by its key when it is not known yet. */
  readonly copies: ReadonlySet<OperationId>
  readonly outbox: readonly OutboxRow[]
  readonly manifest: ArrayBuffer | null
  readonly organisation: MetaValues['organisation'] | undefined
  readonly freshAt: Moment | null
}

export async function readSnapshot({ database }: Pick<OpenVault, 'database'>): Promise<Snapshot> {
  const { faces, copies, outbox, meta } = database
  // Asked for all at once: a live query follows a transaction, not what awaits inside it.
  return database.transaction('r', [faces, copies, outbox, meta], () =>
    Promise.all([
      faces.toArray(),
      copies.toCollection().primaryKeys(),
      outbox.toArray(),
      database.readMeta('manifest'),
      database.readMeta('organisation'),
      database.readMeta('contact')
    ]).then(([held, own, written, manifest, organisation, contact]) => ({
      faces: held,
      copies: new Set(own),
      outbox: written,
      manifest: manifest?.sealed ?? null,
      organisation,
      freshAt: contact?.serverTime ?? null
    }))
  )
}

/** Whether the server is known to hold something newer of what is held here. */
export function isBehind({ faces, outbox }: Snapshot): boolean {
  const revisions = new Map(faces.map(({ id, revision }) => [id, revision]))
  return outbox.some(({ receipt, customership }) => {
    const held = revisions.get(customership)
    return held !== undefined && (receipt?.revision ?? 0) > held
  })
}
