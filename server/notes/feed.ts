import { entriesOf, type Entry } from '#contract/entry.ts'
import type { NoteFeed } from '#contract/office.ts'
import { toMoment } from '#contract/day.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { HeldOperation } from '#server/store/applied-operations.ts'
import type { Store } from '#server/store/store.ts'

const longest = 200

type Line = NoteFeed['notes'][number]

function linesOf(customership: CustomershipId, entries: readonly Entry[]): Line[] {
  const [profile] = entriesOf(entries, 'profile')
  const visits = new Map(entriesOf(entries, 'visit').map(({ id, data }) => [id, data]))
  return entriesOf(entries, 'note').map((note) => {
    const visit = visits.get(note.data.visit)
    return {
      customership,
      firstName: profile?.data.firstName.value ?? '',
      lastName: profile?.data.lastName.value ?? '',
      note,
      visitStart: visit?.startedAt ?? visit?.plannedStart ?? null
    }
  })
}

/** What a held operation may tell before a person opens it: whose, of whom and why; never what it says. */
function awaiting(held: HeldOperation, name: string | null): NoteFeed['awaiting'][number] {
  const { id, customership, author, code, receivedAt } = held
  return { id, customership, name, op: null, code, author, receivedAt: toMoment(receivedAt) }
}

/** What came in, newest first. */
export async function readFeed(store: Store, user: SignedIn, now: number): Promise<NoteFeed> {
  const notes: Line[] = []
  const names = new Map<CustomershipId, string>()
  for (const { id } of await store.register.list())
    await store.register.read(id, async (reader) => {
      const at = { now, aheadDays: 0, where: 'office' } as const
      const granted = access(user, { facts: reader.facts, assignments: [] }, at)
      if (!granted) return
      const entries = await reader.entries({ kinds: ['profile', 'visit', 'note'] })
      const seen = entries.flatMap((entry) => throughView(granted.view, entry) ?? [])
      const [profile] = entriesOf(seen, 'profile')
      if (profile) names.set(id, `${profile.data.firstName.value} ${profile.data.lastName.value}`)
      notes.push(...linesOf(id, seen))
    })
  notes.sort((a, b) => b.note.at.localeCompare(a.note.at))
  const held = await store.operations.held()
  return {
    notes: notes.slice(0, longest),
    awaiting: held.map((one) =>
      awaiting(one, one.customership && (names.get(one.customership) ?? null))
    )
  }
}
