import { instantOf, type Day } from '#contract/day.ts'
import type {
  Disclosure,
  DisclosureLine,
  DisclosuresAnswer,
  DisclosuresRequest
} from '#contract/disclosure.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { addMonths } from '#contract/month.ts'
import { readClientNames, readNames } from '#server/store/current-names.ts'
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
  const clients = await readClientNames(
    store,
    found.map(({ customership }) => customership)
  )
  const names = await readNames(store)
  const { organisation } = await store.organisation.read()
  const organisers = new Map(organisation?.organisers.map(({ id, name }) => [id, name]))
  return found.map((line) => {
    const client = clients.get(line.customership)
    return {
      ...line,
      byName: names.user(line.by),
      recipientName: organisers.get(line.recipient) ?? '',
      isDeleted: client === undefined,
      clientName: seesNames && client ? fullName(client) : null
    }
  })
}

const fullName = ({ first, last }: { first: string; last: string }): string =>
  [first, last].filter(Boolean).join(' ')
