import { toMoment } from '#contract/day.ts'
import type { HeldAnswer } from '#contract/held.ts'
import type { EntryId } from '#contract/id.ts'
import type { Operation } from '#contract/operation.ts'
import { hasProtectedAddress, hiddenValue, isAddressField } from '#contract/protected-address.ts'
import type { HeldOperation } from '#server/store/applied-operations.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'
import { readOperation, readPayload } from '#server/sync/read-payload.ts'

/** Whose words they are could not be told: nobody may put them into the record in another's name. */
const unacceptable = new Set<string>(['unsigned', 'newer-than-server'])

/** Null for an operation that never was accepted in this form, or cannot be read as anything known. */
export function acceptable({ id, code, payload }: HeldOperation): Operation | null {
  const operation = readOperation(readPayload(payload).value, id)
  return typeof operation === 'string' || unacceptable.has(code) ? null : operation
}

/** What a person must know to decide. Its client's own facts are no more than a name and a time. */
export async function readHeld(store: Store, held: HeldOperation): Promise<HeldAnswer> {
  const { id, customership, code, author, device, receivedAt, payload } = held
  const { value } = readPayload(payload)
  const operation = readOperation(value, id)
  const known = typeof operation === 'string' ? null : operation
  const beside =
    customership === null
      ? null
      : await store.register.read(customership, (reader) => readBeside(reader, known))
  return {
    id,
    customership,
    name: beside?.name ?? null,
    code,
    author,
    device,
    deviceName: (await store.devices.find(device))?.name ?? '',
    receivedAt: toMoment(receivedAt),
    operation: known && beside?.isProtected ? withoutAddress(known) : known,
    texts: known ? [] : textsIn(value),
    visitStart: beside?.visitStart ?? null,
    mayAccept: beside !== null && acceptable(held) !== null
  }
}

async function readBeside(reader: CustomershipReader, operation: Operation | null) {
  const [profile] = await reader.ofKind('profile')
  const id = operation && (await visitOf(reader, operation))
  const visit = id ? await reader.entry('visit', id) : null
  const { firstName, lastName } = profile?.data ?? {}
  return {
    name: [firstName?.value, lastName?.value].filter(Boolean).join(' '),
    visitStart: visit?.data.startedAt ?? visit?.data.plannedStart ?? null,
    isProtected: profile !== undefined && hasProtectedAddress(profile.data)
  }
}

/** What is amended or merged names its note, and the note its visit. */
async function visitOf(
  reader: CustomershipReader,
  { body }: Operation
): Promise<EntryId | undefined> {
  if ('visit' in body) return body.visit
  if (!('note' in body)) return undefined
  const note = await reader.entry('note', 'amends' in body ? body.amends : body.note)
  return note?.data.visit
}

/** §8: under turvakielto it is said that an address was proposed, and not which. */
function withoutAddress(operation: Operation): Operation {
  if (operation.op !== 'profile.suggest' || !isAddressField(operation.body.field)) return operation
  return { ...operation, body: { ...operation.body, value: hiddenValue } }
}

const longestTexts = 50

/** Every text in it that somebody may have written; ids, days and moments are none. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /\s/.test(value.trim()) ? [value.slice(0, 4000)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn).slice(0, longestTexts)
}
