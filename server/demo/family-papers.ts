import { addDays, instantOf, toMoment, type Day } from '#contract/day.ts'
import type { Document, DocumentType } from '#contract/document.ts'
import type { EntryId } from '#contract/id.ts'
import { digestOfBytes } from '#server/keys/digest.ts'
import type { Store } from '#server/store/store.ts'
import type { Family } from './family.ts'
import { paperPicture } from './paper-picture.ts'
import { Seeded } from './seeded.ts'
import { coordinator } from './staff.ts'

const headings = {
  'payment-commitment': 'MAKSUSITOUMUS',
  'home-service-contract': 'KOTIPALVELUSOPIMUS',
  'medication-permit': 'LÄÄKKEENANTOLUPA',
  'transport-permit': 'KULJETUSLUPA'
} as const satisfies Record<DocumentType, string>

interface Paper {
  readonly type: DocumentType
  readonly pages: number
  readonly title?: string
  /** Days from now until which it is valid. */
  readonly validDays?: number
  /** Days ago; longer than a week and still at the office, it is on Tilanne. */
  readonly addedDays: number
  readonly settled: 'destroyed' | 'returned' | null
}

/** The demo worker's families have most; of the others only some. */
function papersOf({ index, case: shown }: Family): Paper[] {
  if (shown === 'permit-expiring')
    return [
      {
        type: 'medication-permit',
        title: 'Adrenaliinikynä',
        pages: 1,
        validDays: 12,
        addedDays: 90,
        settled: 'destroyed'
      },
      { type: 'home-service-contract', pages: 3, addedDays: 90, settled: 'returned' }
    ]
  const papers: Paper[] = []
  if (index % 6 === 0)
    papers.push({ type: 'transport-permit', pages: 1, addedDays: 60, settled: 'destroyed' })
  if (index % 9 === 1)
    papers.push({ type: 'medication-permit', pages: 1, addedDays: 45, settled: 'destroyed' })
  if (index % 12 === 2)
    papers.push({
      type: 'payment-commitment',
      pages: 2,
      addedDays: index === 2 ? 9 : 100,
      settled: index === 2 ? null : 'returned'
    })
  return papers
}

/** What is not there yet is added; the one permit that is about to run out goes on being about to. */
export async function ensurePapers(
  store: Store,
  family: Family,
  today: Day,
  past: (at: number, use: () => Promise<void>) => Promise<void>
): Promise<void> {
  const papers = papersOf(family)
  const facts = await store.register.find(family.id)
  if (papers.length === 0 || facts?.state !== 'active') return
  const held = await store.register.read(family.id, (reader) => reader.ofKind('document'))
  for (const [number, paper] of papers.entries()) {
    const id = new Seeded('paper', family.index, number).entryId(instantOf(facts.startDay, 12))
    const known = held?.find((entry) => entry.id === id)
    if (!known) await addPaper(store, family, paper, id, today, past)
    else if (paper.validDays !== undefined) await renew(store, family, known.id, paper, today)
  }
}

async function addPaper(
  store: Store,
  family: Family,
  paper: Paper,
  id: EntryId,
  today: Day,
  past: (at: number, use: () => Promise<void>) => Promise<void>
): Promise<void> {
  const by = coordinator.id
  const at = instantOf(addDays(today, -paper.addedDays), 10)
  const { type, title, settled, validDays } = paper
  await past(at, async () => {
    await store.register.transact(async (tx) => {
      await tx.change(family.id, async (change) => {
        const pages: Document['pages'] = []
        for (let page = 1; page <= paper.pages; page += 1) {
          const picture = paperPicture(headings[type], page, family.index, type)
          await change.pages.put({ document: id, page, mediaType: 'image/png', by }, picture)
          pages.push({ page, mediaType: 'image/png', sha256: digestOfBytes(picture) })
        }
        const original: Document['original'] = [{ state: 'at-office', by, at: toMoment(at) }]
        if (settled) original.push({ state: settled, by, at: toMoment(at + 3_600_000) })
        const data: Document = {
          type,
          identityCode: 'covered',
          pages,
          original,
          addedBy: by,
          addedAt: toMoment(at),
          ...(title ? { title } : {}),
          ...(validDays === undefined ? {} : { validUntil: addDays(today, validDays) })
        }
        await change.put('document', id, data, by)
      })
    })
  })
}

async function renew(
  store: Store,
  family: Family,
  id: EntryId,
  { validDays = 0 }: Paper,
  today: Day
): Promise<void> {
  await store.register.transact(async (tx) => {
    const known = await store.register.read(family.id, (reader) => reader.entry('document', id))
    const until = known?.data.validUntil
    if (!known || known.data.removed || !until || until >= addDays(today, 2)) return
    await tx.change(family.id, (change) =>
      change.put('document', id, { ...known.data, validUntil: addDays(today, validDays) }, known.by)
    )
  })
}
