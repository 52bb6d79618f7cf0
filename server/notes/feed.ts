import type { NoteFeed } from '#contract/office.ts'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { HeldOperation } from '#server/store/applied-operations.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'

const longest = 200
/** Read in one snapshot before others get their turn. */
const atOnce = 50

type Line = NoteFeed['notes'][number]

interface Family {
  readonly firstName: string
  readonly lastName: string
  readonly lines: readonly Line[]
}

/** The notes that were asked for, of one customership, as the view shows them; null when it shows nothing. */
async function readFamily(
  reader: CustomershipReader,
  user: SignedIn,
  notes: readonly EntryId[],
  now: number
): Promise<Family | null> {
  const customership = reader.facts.id
  const at = { now, aheadDays: 0, where: 'office' } as const
  const granted = access(user, { facts: reader.facts, assignments: [] }, at)
  if (!granted) return null
  const [whole] = await reader.ofKind('profile')
  const profile = whole && throughView(granted.view, whole)
  const data = profile?.kind === 'profile' ? profile.data : null
  const [firstName, lastName] = [data?.firstName.value ?? '', data?.lastName.value ?? '']
  const lines: Line[] = []
  for (const id of notes) {
    const entry = await reader.entry('note', id)
    const note = entry && throughView(granted.view, entry)
    // What its author has merged into another version did not come in beside it.
    if (note?.kind !== 'note' || note.data.mergedInto) continue
    const visit = await reader.entry('visit', note.data.visit)
    const shown = visit && throughView(granted.view, visit)
    const times = shown?.kind === 'visit' ? shown.data : null
    const visitStart = times?.startedAt ?? times?.plannedStart ?? null
    lines.push({ customership, firstName, lastName, note, visitStart })
  }
  return { firstName, lastName, lines }
}

/** What a held operation may tell before a person opens it: whose, of whom and why; never what it says. */
function awaiting(held: HeldOperation, family: Family | undefined): NoteFeed['awaiting'][number] {
  const { id, customership, author, code, receivedAt } = held
  const name = family ? `${family.firstName} ${family.lastName}` : null
  return { id, customership, name, op: null, code, author, receivedAt: toMoment(receivedAt) }
}

/** What came in, newest first: the latest are found by their time, and only they are opened. */
export async function readFeed(store: Store, user: SignedIn, now: number): Promise<NoteFeed> {
  const held = await store.operations.held()
  const wanted = new Map<CustomershipId, EntryId[]>()
  for (const { customership } of held) if (customership) wanted.set(customership, [])
  for (const { customership, id } of await store.register.latestNotes(longest))
    wanted.set(customership, [...(wanted.get(customership) ?? []), id])

  const families = new Map<CustomershipId, Family>()
  const ids = [...wanted.keys()]
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = await store.register.readEach(ids.slice(from, from + atOnce), (reader) =>
      readFamily(reader, user, wanted.get(reader.facts.id) ?? [], now)
    )
    for (const [id, family] of some) if (family) families.set(id, family)
  }
  const lines = [...families.values()].flatMap((family) => family.lines)
  return {
    notes: lines.sort((a, b) => b.note.at.localeCompare(a.note.at)),
    awaiting: held.map((one) =>
      awaiting(one, one.customership === null ? undefined : families.get(one.customership))
    )
  }
}
