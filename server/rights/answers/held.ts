import type { ClosingRecord } from '#contract/closing.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import {
  addressFields,
  hasProtectedAddress,
  hiddenValue,
  withoutProposedAddress,
  withoutProtectedAddress
} from '#contract/protected-address.ts'
import type { RightsCodes, RightsWork } from '#contract/rights-request.ts'
import type { Organisation } from '#contract/settings.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { HeldOperation } from '#server/store/applied-operations.ts'
import type { AnswerFacts } from '#server/store/answers.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'
import { maskAddresses, protectedStreets } from '#server/summaries/addresses.ts'
import { mapStrings, mapTexts, type TextKind } from './texts.ts'

/** What a worker wrote that is not part of the record yet: it is held, so it is told. */
export interface Awaiting {
  readonly author: UserId | null
  readonly receivedAt: number
  readonly code: string
  readonly texts: readonly string[]
}

/** What was asked of it before, with the words that are held of that. */
export interface Asked {
  readonly codes: RightsCodes
  readonly work: RightsWork
}

/** Everything that is held of one client, in the shapes in which it is held. */
export interface HeldFacts {
  readonly entries: readonly Entry[]
  readonly made: readonly OfficeEntry[]
  readonly record: ClosingRecord
  readonly awaiting: readonly Awaiting[]
  readonly requests: readonly Asked[]
}

/** The same with what its ids name, read once in one snapshot. */
export interface HeldSource {
  readonly facts: CustomershipFacts
  readonly held: HeldFacts
  readonly organisation: Organisation
  readonly people: ReadonlyMap<UserId, string>
  readonly package: { readonly number: string; readonly madeAt: number } | null
  readonly answers: readonly AnswerFacts[]
}

/** Null: there is none. */
export async function readHeld(store: Store, id: CustomershipId): Promise<HeldSource | null> {
  const { organisation } = await requireOrganisation(store)
  const read = await store.register.read(id, async (reader) => {
    const made = await reader.packages.read()
    return {
      facts: reader.facts,
      held: {
        entries: await reader.entries(),
        made: await reader.officeEntries(),
        record: await reader.closingRecord(),
        awaiting: await awaitingOf(store, id),
        requests: await askedOf(store, reader)
      },
      package: made && { number: made.number, madeAt: made.madeAt },
      answers: await reader.answers.list()
    }
  })
  if (!read) return null
  const users = await store.users.list()
  return {
    ...read,
    organisation,
    people: new Map(users.map((user) => [user.id, user.displayName]))
  }
}

async function askedOf(store: Store, { facts, rights }: CustomershipReader): Promise<Asked[]> {
  const all = await store.rights.list({ customership: facts.id })
  const asked: Asked[] = []
  for (const codes of all) asked.push({ codes, work: await rights.read(codes.id) })
  return asked
}

async function awaitingOf(store: Store, customership: CustomershipId): Promise<Awaiting[]> {
  const found: HeldOperation[] = []
  await store.register.transact(async (tx) => {
    found.push(...(await tx.operations.held({ customership })))
  })
  return found.map(({ author, receivedAt, code, payload }) => ({
    author,
    receivedAt,
    code,
    texts: wordsIn(payload)
  }))
}

/** Every text that somebody wrote; ids, moments and codes are none. What cannot be read has no words. */
function wordsIn(payload: string): string[] {
  const found: string[] = []
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  } catch {
    return []
  }
  mapStrings((value as { body?: unknown } | null)?.body, (text) => {
    if (/\s|[A-ZÅÄÖ]/.test(text.trim()) && !/^\d{4}-\d\d-\d\dT/.test(text)) found.push(text)
    return text
  })
  return found
}

/** Where a text stands. */
export interface TextPlace {
  readonly kind: TextKind
  /** The entry, or which of those that await a decision. */
  readonly of: string
  readonly path: readonly string[]
}

/** The same with every free text as `use` says it. */
export function mapHeld(
  held: HeldFacts,
  use: (text: string, place: TextPlace) => string
): HeldFacts {
  const mapped = <T>(kind: TextKind, of: string, value: T): T =>
    mapTexts(kind, value, (text, path) => use(text, { kind, of, path }))
  const entry = <E extends Entry | OfficeEntry>(one: E): E => ({
    ...one,
    data: mapped(one.kind, one.id, one.data)
  })
  return {
    entries: held.entries.map(entry),
    made: held.made.map(entry),
    record: mapped('record', 'record', held.record),
    awaiting: held.awaiting.map((one, index) => mapped('awaiting', String(index), one)),
    requests: held.requests.map((one) => mapped('request', one.codes.id, one))
  }
}

/**
 * Turvakielto: whoever gets the report, no running text tells a protected address. Another guardian is
 * told of none at all; the client's own stands on a page of its own.
 */
export function withoutAddresses(held: HeldFacts): HeldFacts {
  const patterns = protectedStreets(held.entries)
  const entries = withoutProposedAddress(held.entries.map(withoutProtectedAddress))
  const former = new Set(formerAddresses(held))
  const said = (text: string, { kind, path }: TextPlace) =>
    kind === 'request' && path.at(-1) === 'former' && former.has(text)
      ? hiddenValue
      : maskAddresses(text, patterns)
  return mapHeld({ ...held, entries }, said)
}

/** What was put right of a protected address tells where somebody lived, or lives after all. */
export function formerAddresses({ entries, requests }: HeldFacts): string[] {
  const [profile] = entriesOf(entries, 'profile')
  if (!profile || !hasProtectedAddress(profile.data)) return []
  return requests.flatMap(({ work }) =>
    work.rectified.flatMap(({ what, target, former }) => {
      const isAddress = what === 'profile' && addressFields.some((field) => field === target)
      return isAddress && former !== undefined ? [former] : []
    })
  )
}
