import { instantOf, type Day } from '#contract/day.ts'
import type {
  Disclosure,
  DisclosureLine,
  DisclosuresAnswer,
  DisclosuresRequest
} from '#contract/disclosure.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { addMonths } from '#contract/month.ts'
import type { Store } from '#server/store/store.ts'

const pageLines = 50

/** §10: a page of what left the house, newest first. `seesNames`: overseeing alone shows no client. */
export async function readDisclosures(
  store: Store,
  { month, ...asked }: DisclosuresRequest,
  seesNames: boolean
): Promise<DisclosuresAnswer> {
  const first = (of: string) => instantOf(`${of}-01` as Day)
  const span = month ? { from: first(month), until: first(addMonths(month, 1)) } : {}
  const found = await store.disclosures.list({ ...asked, ...span }, pageLines + 1)
  const lines = await tellDisclosures(store, found.slice(0, pageLines), seesNames)
  const last = lines.at(-1)
  return { lines, next: found.length > pageLines && last ? last.id : null }
}

/** All of one client, newest first: a paper has no second page to ask for. */
export async function readAllDisclosures(
  store: Store,
  customership: CustomershipId
): Promise<DisclosureLine[]> {
  const lines: DisclosureLine[] = []
  for (let before: EntryId | null | undefined; before !== null;) {
    const asked = before ? { customership, before } : { customership }
    const page = await readDisclosures(store, asked, true)
    lines.push(...page.lines)
    before = page.next
  }
  return lines
}

/** The lines with the names that their ids have now. */
export async function tellDisclosures(
  store: Store,
  found: readonly Disclosure[],
  seesNames: boolean
): Promise<DisclosureLine[]> {
  const ids = [...new Set(found.map(({ customership }) => customership))]
  const there = new Set((await store.register.list()).map(({ id }) => id))
  const standing = ids.filter((id) => there.has(id))
  const names = seesNames ? await namesOf(store, standing) : new Map<CustomershipId, string>()
  const users = new Map((await store.users.list()).map((user) => [user.id, user.displayName]))
  const { organisation } = await store.organisation.read()
  const organisers = new Map(organisation?.organisers.map(({ id, name }) => [id, name]))
  return found.map((line) => ({
    ...line,
    byName: users.get(line.by) ?? '',
    recipientName: organisers.get(line.recipient) ?? '',
    isDeleted: !there.has(line.customership),
    clientName: names.get(line.customership) ?? null
  }))
}

async function namesOf(
  store: Store,
  ids: readonly CustomershipId[]
): Promise<Map<CustomershipId, string>> {
  const profiles = await store.across.ofKind('profile', ids)
  return new Map(
    profiles.map(({ customership, data: { firstName, lastName } }) => [
      customership,
      [firstName.value, lastName.value].filter(Boolean).join(' ')
    ])
  )
}
