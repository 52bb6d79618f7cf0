import type { CustomershipId, EntryId } from '#contract/id.ts'
import { newCustomershipId, newEntryId } from '#lib/device/new-id.ts'

/** The same row gets the same ids as long as its file is in hand, so that an import sent twice is one. */
export class IdBook {
  readonly #clients = new Map<string, CustomershipId>()
  readonly #entries = new Map<string, EntryId>()

  client(key: string): CustomershipId {
    const known = this.#clients.get(key) ?? newCustomershipId()
    this.#clients.set(key, known)
    return known
  }

  entry(place: string): EntryId {
    const known = this.#entries.get(place) ?? newEntryId()
    this.#entries.set(place, known)
    return known
  }
}
