import { addDays, dayAt, instantOf, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId, RightsRequestId, UserId } from '#contract/id.ts'
import { isBlackened } from '#contract/passage.ts'
import { portabilitySchemaText } from '#contract/portability.ts'
import { hiddenValue, protectedEntries } from '#contract/protected-address.ts'
import { logYearsShown, type AnswerPart, type AnswerWish } from '#contract/answer-file.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import { readAllDisclosures } from '#server/disclosures/log/read-disclosures.ts'
import { bindDocument } from '#server/disclosures/document-files.ts'
import { PackageWords } from '#server/disclosures/package-words.ts'
import { PieceSink } from '#server/disclosures/piece-sink.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import { Archive, breathe } from '#server/packing/archive.ts'
import { newPassphrase } from '#server/packing/passphrase.ts'
import { Drawer } from '#server/paper/drawer.ts'
import { withEmblem } from '#server/paper/paper.ts'
import { sayOnPaper } from '#server/paper/words.ts'
import type { Store } from '#server/store/store.ts'
import {
  formerAddresses,
  readHeld,
  withoutAddresses,
  type HeldFacts,
  type HeldSource
} from './held.ts'
import { blacken, passagesOf, undecidedIn, type Released } from './passages.ts'
import { portableDocuments, portableText } from './portable.ts'
import { readMeText } from './answer-read-me.ts'
import { reportPaper } from './report-paper.ts'
import { readUsesByDay, usesTable, type UsesAsked } from './uses-by-day.ts'

interface Parts {
  readonly store: Store
  readonly clock: Clock
}

/** For which request of whom, made by whom. */
export interface AnswerOf {
  readonly id: CustomershipId
  readonly request: RightsRequestId
  readonly by: UserId
}

export type MadeAnswer = 'made' | 'undecided' | 'absent'

/** Something was changed or removed while it was made. */
class Overtaken extends Error {}

/**
 * §13, GDPR Art. 15 and 20: what the client is given, sealed here under the customership's key until it is
 * fetched. A report is made only once a person has decided of every passage that may concern another.
 */
export async function makeAnswer(
  parts: Parts,
  of: AnswerOf,
  wish: AnswerWish
): Promise<MadeAnswer> {
  const source = await readHeld(parts.store, of.id)
  if (!source) return 'absent'
  const hidden = { ...source, held: withoutAddresses(source.held) }
  const review = await parts.store.register.read(of.id, ({ answers }) => answers.review(of.request))
  if (!review) return 'absent'
  const passages = passagesOf(hidden)
  if (wish.kind === 'access' && undecidedIn(passages, review) > 0) return 'undecided'
  const mark = sayOnPaper(wish.language, 'report.removed')
  const blackened = passages.filter(({ id }) => {
    const choice = review.choices[id]
    return choice !== undefined && isBlackened(choice.ground)
  }).length
  const making = new Making(parts, of, wish, source)
  return making.run({ ...blacken(hidden.held, review, mark), blackened })
}

class Making {
  readonly #parts: Parts
  readonly #of: AnswerOf
  readonly #wish: AnswerWish
  readonly #source: HeldSource
  readonly #number: string
  readonly #madeAt: number
  readonly #drawer = new Drawer()

  constructor(parts: Parts, of: AnswerOf, wish: AnswerWish, source: HeldSource) {
    this.#parts = parts
    this.#of = of
    this.#wish = wish
    this.#source = source
    this.#number = newNumber(wish)
    this.#madeAt = parts.clock.now()
  }

  async run(released: Released & { readonly blackened: number }): Promise<MadeAnswer> {
    try {
      await this.#build(released)
      return 'made'
    } catch (error) {
      await this.#parts.store.register.transact(async (tx) => {
        const answers = await tx.answers(this.#of.id)
        await answers?.removePieces(this.#number)
      })
      if (error instanceof Overtaken) return 'absent'
      throw error
    } finally {
      await this.#drawer.close()
    }
  }

  async #build(released: Released & { readonly blackened: number }): Promise<void> {
    const passphrase = newPassphrase()
    const archiveSink = this.#sinkOf('archive')
    const archive = new Archive((bytes) => archiveSink.write(bytes), {
      passphrase,
      madeAt: this.#madeAt
    })
    const { kind } = this.#wish
    await archive.add('README.txt', readMeText(kind, this.#number), { isOpen: true })
    const paper =
      this.#wish.kind === 'access'
        ? await this.#addReport(archive, this.#wish, released)
        : await this.#addPortable(archive)
    await archive.close()
    const archiveSha256 = await archiveSink.end()
    await this.#keep(passphrase, paper, { sink: archiveSink, sha256: archiveSha256 })
  }

  async #addReport(
    archive: Archive,
    wish: Extract<AnswerWish, { kind: 'access' }>,
    { held, withPages, blackened }: Released & { readonly blackened: number }
  ): Promise<Kept> {
    const { store } = this.#parts
    const { id } = this.#of
    const { language } = wish
    const words = new PackageWords({ ...this.#source, language })
    const today = dayAt(this.#madeAt)
    const logFrom = wish.logFrom ?? yearsBefore(today, logYearsShown)
    const asked: UsesAsked = {
      customership: id,
      from: instantOf(logFrom),
      until: this.#madeAt + 1
    }
    const shown = wish.for === 'guardian' ? withoutHomes(held, words.say('report.hidden')) : held
    const pages = shown.entries.filter((one) => one.kind === 'document' && withPages.has(one.id))
    const files = await this.#addDocuments(archive, pages as Entry<'document'>[])
    // Pages that nobody may see are said to be away, as a blackened text is.
    const away = entriesOf(shown.entries, 'document').flatMap(
      ({ id: document, data }): [EntryId, string[]][] =>
        data.removed || withPages.has(document) ? [] : [[document, [words.say('report.removed')]]]
    )
    const paper = reportPaper(
      {
        ...this.#source,
        number: this.#number,
        for: wish.for,
        language,
        madeAt: this.#madeAt,
        madeBy: this.#of.by,
        released: shown,
        blackened,
        documents: files.size,
        ...(wish.for === 'guardian'
          ? { protectedEntries: [], protectedFormers: [] }
          : {
              protectedEntries: protectedEntries(this.#source.held.entries),
              protectedFormers: formerAddresses(this.#source.held)
            }),
        disclosures: await readAllDisclosures(store, id),
        uses: await readUsesByDay(store, asked),
        logFrom,
        logReason: wish.logReason
      },
      new Map([...files, ...away])
    )
    const bytes = await this.#drawer.draw(withEmblem(paper, await store.emblem.read()))
    const sink = this.#sinkOf('paper')
    await sink.write(bytes)
    const sha256 = await sink.end()
    await archive.add('report.pdf', bytes, { isPacked: true })
    await archive.add('usage-log.csv', usesTable(store, asked, words))
    return { sink, sha256 }
  }

  async #addPortable(archive: Archive): Promise<null> {
    const asker = this.#wish.for
    const source =
      asker === 'client'
        ? this.#source
        : { ...this.#source, held: withoutAddresses(this.#source.held) }
    const documents = portableDocuments(source.held.entries, asker)
    const files = await this.#addDocuments(archive, documents)
    const wish = { ...this.#wish, madeAt: this.#madeAt }
    await archive.add('portability.json', portableText(source, wish, files))
    await archive.add('portability.schema.json', portabilitySchemaText())
    return null
  }

  async #addDocuments(
    archive: Archive,
    documents: readonly Entry<'document'>[]
  ): Promise<Map<EntryId, string[]>> {
    const files = new Map<EntryId, string[]>()
    for (const [index, document] of documents.entries()) {
      const pages = await this.#readPages(document)
      const name = { place: index + 1, language: this.#wish.language, madeAt: this.#madeAt }
      const bound = await bindDocument(this.#drawer, document, pages, name)
      for (const file of bound) await archive.add(file.name, file.bytes, { isPacked: true })
      files.set(
        document.id,
        bound.map((file) => file.name)
      )
    }
    return files
  }

  async #readPages({ id: document, data }: Entry<'document'>) {
    const pages = []
    for (let number = 1; number <= data.pages.length; number += 1) {
      const page = await this.#parts.store.register.read(this.#of.id, (reader) =>
        reader.pages.read(document, number)
      )
      if (!page) throw new Overtaken()
      pages.push(page)
      await breathe()
    }
    return pages
  }

  #sinkOf(part: AnswerPart): PieceSink {
    const { id, request } = this.#of
    return new PieceSink(async (piece, bytes) => {
      await this.#parts.store.register.transact(async (tx) => {
        const answers = await tx.answers(id)
        if (!answers) throw new Overtaken()
        await answers.putPiece({ request, number: this.#number }, part, piece, bytes)
      })
      await breathe()
    })
  }

  async #keep(passphrase: string, paper: Kept | null, archive: Kept): Promise<void> {
    const { store, clock } = this.#parts
    const { id, request, by } = this.#of
    const { kind, language } = this.#wish
    await store.register.transact(async (tx) => {
      const answers = await tx.answers(id)
      const isKept = await answers?.put(
        {
          request,
          kind,
          for: this.#wish.for,
          number: this.#number,
          language,
          madeAt: this.#madeAt,
          by,
          revision: this.#source.facts.revision,
          paperBytes: paper?.sink.bytes ?? null,
          paperSha256: paper?.sha256 ?? null,
          archiveBytes: archive.sink.bytes,
          archiveSha256: archive.sha256
        },
        passphrase,
        (paper?.sink.pieces ?? 0) + archive.sink.pieces
      )
      if (!isKept) throw new Overtaken()
      const use = { customership: id, user: by, purpose: 'client-rights' } as const
      await recordUse(store, clock, { ...use, kind: 'print' })
    })
  }
}

interface Kept {
  readonly sink: PieceSink
  readonly sha256: string
}

/** `RT-4F2A-91C7`: random, so that it tells neither how many there are nor in which order. */
function newNumber({ kind }: AnswerWish): string {
  const letters = newUuidV4().replaceAll('-', '').slice(0, 8).toUpperCase()
  return `${kind === 'access' ? 'RT' : 'ST'}-${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** The same day so many years back; where there is no 29 February, the day after it. */
export function yearsBefore(day: Day, years: number): Day {
  const [year = '', month = '', date = ''] = day.split('-')
  return addDays(`${Number(year) - years}-${month}-${date}` as Day, 0)
}

/** Another guardian is not told where to look either. */
function withoutHomes(held: HeldFacts, hidden: string): HeldFacts {
  const entries = held.entries.map((entry): Entry => {
    if (entry.kind === 'contact' && entry.data.home?.isProtected) {
      const { home: _, ...data } = entry.data
      return { ...entry, data }
    }
    if (entry.kind === 'suggestion' && entry.data.value === hiddenValue)
      return { ...entry, data: { ...entry.data, value: hidden } }
    return entry
  })
  return { ...held, entries }
}
