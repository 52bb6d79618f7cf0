import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { PageRow } from '#lib/device/database.ts'
import { ifFree } from '#lib/device/locks.ts'
import { askBytes } from '#lib/http/bytes.ts'
import { manifestOf } from '#lib/sync/apply.ts'
import { parseEntries } from '#lib/sync/parse-entries.ts'
import { sha256OfBytes } from '#lib/vault/digest.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { isHeldValue } from '#lib/vault/room.ts'
import { isPermit } from './permit-standing.ts'
import { savingLock } from './saving-lock.ts'

type HeldDocument = Entry<'document'>

/**
 * What a permit says must be readable where there is no network: after a pull its pages are fetched,
 * one after another, and sealed. Pages that no document of this tablet names any more go.
 */
export class PageKeeper {
  readonly #vault: OpenVault
  /** Looked through at this revision since the unlocking. */
  readonly #seen = new Map<CustomershipId, number>()
  #running: Promise<void> | null = null
  #stopped = false

  constructor(vault: OpenVault) {
    this.#vault = vault
  }

  stop(): void {
    this.#stopped = true
  }

  /** Asked for in the middle of one round, that round is enough: the next pull asks again. */
  run(): Promise<void> {
    this.#running ??= this.#round()
      .catch(() => undefined)
      .finally(() => {
        this.#running = null
      })
    return this.#running
  }

  async #round(): Promise<void> {
    const { database, device } = this.#vault
    await ifFree(savingLock(device), () => this.#sweepCargo())
    for (const { id, revision } of await database.faces.toArray()) {
      if (this.#stopped) return
      if (this.#seen.get(id) === revision) continue
      const documents = await this.#documentsOf(id)
      if (!documents) continue
      await ifFree(savingLock(device), () => this.#sweepPages(id, documents))
      const wanted = documents.filter(({ data }) => isPermit(data) && !data.removed)
      if (await this.#fetchAll(id, wanted)) this.#seen.set(id, revision)
    }
  }

  async #documentsOf(id: CustomershipId): Promise<HeldDocument[] | null> {
    const { database } = this.#vault
    const row = await database.customerships.get(id)
    if (!row) return null
    const [value] = await this.#vault.openHeld('customerships', [row], await manifestOf(database))
    return isHeldValue(value) ? entriesOf(parseEntries(value.entries), 'document') : null
  }

  /** False when one did not come: the next round asks for it again. */
  async #fetchAll(
    customership: CustomershipId,
    documents: readonly HeldDocument[]
  ): Promise<boolean> {
    const { pages } = this.#vault.database
    const named = documents.flatMap(({ id, data }) => data.pages.map((page) => ({ id, ...page })))
    for (const { id, page, sha256 } of named) {
      if (this.#stopped) return false
      if (await pages.get([id, page])) continue
      const wanted = { customership, document: id, page, sha256 }
      // Nobody asked for it, so it keeps no session alive.
      const row = await fetchPage(this.#vault, wanted, { unattended: true })
      if (!row) return false
      // Purged while it was on its way, it may not come back.
      await this.#keep(row)
    }
    return true
  }

  async #keep(row: PageRow): Promise<void> {
    const { customerships, pages } = this.#vault.database
    await this.#vault.database.transaction('rw', [customerships, pages], async () => {
      if (await customerships.get(row.customership)) await pages.put(row)
    })
  }

  async #sweepPages(id: CustomershipId, documents: readonly HeldDocument[]): Promise<void> {
    const { pages, outbox } = this.#vault.database
    const rows = await pages.where('customership').equals(id).toArray()
    if (rows.length === 0) return
    const permits = documents.filter(({ data }) => isPermit(data) && !data.removed)
    const kept = new Set<EntryId>(permits.map((document) => document.id))
    // What waits to be sent may have to be sealed anew, from these very pages.
    const waits = await outbox
      .where('customership')
      .equals(id)
      .filter((row) => row.freight === true && row.waiting === 1)
      .count()
    if (waits > 0) return
    const stale = rows.filter(({ document }) => !kept.has(document))
    await pages.bulkDelete(stale.map((row): [EntryId, number] => [row.document, row.page]))
  }

  /** What a saving that was cut off left behind counts for nothing. */
  async #sweepCargo(): Promise<void> {
    const { cargo, outbox } = this.#vault.database
    const ids = await cargo.toCollection().primaryKeys()
    const rows = await outbox.bulkGet(ids)
    await cargo.bulkDelete(ids.filter((_, index) => !rows[index]))
  }
}

export interface WantedPage {
  readonly customership: CustomershipId
  readonly document: EntryId
  readonly page: number
  readonly sha256: string
}

/** Null when it does not come, or is not the page that was asked for. */
export async function fetchPage(
  vault: OpenVault,
  { sha256, ...name }: WantedPage,
  o: { readonly unattended?: boolean } = {}
): Promise<PageRow | null> {
  const answer = await askBytes(`/api/documents/${name.document}/pages/${name.page}`, o)
  if (!answer.ok || (await sha256OfBytes(answer.data)) !== sha256) return null
  return vault.sealPage(name, answer.data)
}
