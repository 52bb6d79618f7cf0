import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import type { Issue } from '#contract/problem.ts'
import type { SummaryDocument } from '#contract/summary-document.ts'
import type { Delivery } from '#contract/summary-request.ts'
import type { LockedSummary } from '#contract/summary.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'
import { protectedStreets, tellsAddress } from './addresses.ts'
import { approvedDocument } from './summary-document.ts'

/** What a delivery takes along: approved, of that organiser and month, and of nobody else. */
export interface Leaving {
  readonly customership: CustomershipId
  readonly summary: OfficeEntry<'summary'>
  readonly locked: LockedSummary
  readonly document: SummaryDocument
}

interface Read {
  readonly leaving: Leaving
  readonly tells: boolean
  readonly isRestricted: boolean
}

/**
 * All that the delivery says, or why none of it leaves: one of them is not approved, is not what the delivery
 * says, or was replaced; or (§8, turvakielto) tells an address that is protected by now; or (§13) its
 * processing is restricted.
 */
export async function readLeaving(
  store: Store,
  { organiser, month, summaries }: Delivery
): Promise<{ readonly leaving: Leaving[] } | { readonly refusal: Refusal }> {
  const wanted = new Map<CustomershipId, EntryId>(
    summaries.map(({ customership, summary }) => [customership, summary])
  )
  const read = await store.register.readEach([...wanted.keys()], (reader) => {
    const id = wanted.get(reader.facts.id)
    return id ? readOne(reader, id, { organiser, month }) : Promise.resolve(null)
  })
  const found = [...read.values()].filter((one) => one !== null)
  if (found.some(({ isRestricted }) => isRestricted)) return { refusal: { code: 'restricted' } }
  if (found.length !== summaries.length) return { refusal: { code: 'conflict' } }
  const issues = summaries.flatMap(({ customership }, index): Issue[] =>
    read.get(customership)?.tells ? [{ path: ['summaries', index], code: 'protected-address' }] : []
  )
  if (issues.length > 0) return { refusal: { code: 'invalid', issues } }
  return { leaving: found.map(({ leaving }) => leaving) }
}

async function readOne(
  reader: CustomershipReader,
  id: EntryId,
  { organiser, month }: Pick<Delivery, 'organiser' | 'month'>
): Promise<Read | null> {
  const versions = (await reader.ofKind('summary')).filter(
    ({ data }) => data.organiser === organiser && data.month === month && data.locked
  )
  const summary = versions.find((one) => one.id === id)
  const document = summary && approvedDocument(summary)
  const locked = summary?.data.locked
  if (!document || !locked) return null
  if (versions.some(({ data }) => data.version > summary.data.version)) return null
  const streets = protectedStreets(await reader.entries({ kinds: ['profile', 'contact'] }))
  const words = [...Object.values(document.substance), document.overrun, document.replaces?.reason]
  const tells = [locked.text, ...words].some(
    (word) => typeof word === 'string' && tellsAddress(word, streets)
  )
  const { id: customership, restrictedOn } = reader.facts
  const isRestricted = restrictedOn !== null
  return { leaving: { customership, summary, locked, document }, tells, isRestricted }
}
