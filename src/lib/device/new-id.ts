import type { CustomershipId, EntryId } from '#contract/id.ts'
import { uuidV7 } from '#contract/id.ts'
import { now } from './clock.ts'

/** Ids are made by whoever creates the thing, so that a request sent twice is the same request. */
export function newCustomershipId(): CustomershipId {
  return crypto.randomUUID() as CustomershipId
}

export function newEntryId(): EntryId {
  return uuidV7(now(), crypto.getRandomValues(new Uint8Array(10))) as EntryId
}
