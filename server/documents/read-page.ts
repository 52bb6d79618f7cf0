import type { CustomershipId, EntryId } from '#contract/id.ts'
import { access, throughView } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'

type Page = NonNullable<Awaited<ReturnType<CustomershipReader['pages']['read']>>>

/** A page of a document that this user's view shows; null also for one that is another's. */
export async function readPage(
  store: Store,
  user: SignedIn,
  { document, page }: { document: EntryId; page: number },
  { now, aheadDays }: { now: number; aheadDays: number }
): Promise<(Page & { customership: CustomershipId }) | null> {
  for (const customership of await store.register.withPage(document, page)) {
    const found = await store.register.read(customership, async (reader) => {
      const facts = { facts: reader.facts, assignments: await reader.assignments() }
      const granted = access(user, facts, { now, aheadDays, where: 'office' })
      const entry = granted && (await reader.entry('document', document))
      if (!entry || entry.data.removed || !throughView(granted.view, entry)) return null
      return reader.pages.read(document, page)
    })
    if (found) return { ...found, customership }
  }
  return null
}
