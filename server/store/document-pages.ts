import type { DocumentPage } from '#contract/document.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import { openBytes, sealBytes, type DataKey } from '#server/keys/data-key.ts'
import type { Database } from './database.ts'
import type { PagePartTable, PageTable, RegisterTables } from './tables.ts'

/** Sealed bytes open only in their own place. */
const pageAad = (page: Pick<PageTable, 'customership' | 'document' | 'page' | 'mediaType'>) =>
  `kotikaynti/page/1\n${page.customership}\n${page.document}\n${page.page}\n${page.mediaType}`

const partAad = (part: Omit<PagePartTable, 'sealed' | 'bytes' | 'by'>) =>
  `kotikaynti/page-part/1\n${part.customership}\n${part.document}\n${part.page}\n${part.part}/${part.parts}`

export type PartName = Pick<PagePartTable, 'document' | 'page' | 'part' | 'parts' | 'by'>
export type PageName = Pick<PageTable, 'document' | 'page' | 'mediaType' | 'by'>

/**
 * The pages of one customership's documents, each sealed by itself. A page is stored before the
 * document that names it: until then nobody is shown it, and it goes with the customership.
 */
export class DocumentPages {
  readonly #database: Database<RegisterTables>
  readonly #customership: CustomershipId
  readonly #key: DataKey

  constructor(database: Database<RegisterTables>, customership: CustomershipId, key: DataKey) {
    this.#database = database
    this.#customership = customership
    this.#key = key
  }

  /** Brought again, it takes its own place. False: somebody else brought this one. */
  async putPart(name: PartName, bytes: Buffer): Promise<boolean> {
    const { document, page, part, parts, by } = name
    const customership = this.#customership
    const sealed = sealBytes(
      this.#key,
      partAad({ customership, document, page, part, parts }),
      bytes
    )
    const rows = await this.#database.sql
      .insertInto('pageParts')
      .values({
        customership,
        document,
        page,
        part,
        parts,
        by,
        bytes: bytes.length,
        sealed
      })
      .onConflict((conflict) =>
        conflict
          .columns(['customership', 'document', 'page', 'part'])
          .doUpdateSet({ parts, bytes: bytes.length, sealed })
          .where('pageParts.by', '=', by)
      )
      .returning('part')
      .execute()
    return rows.length === 1
  }

  /** The length of the page that the parts make; null while one of them is still to come. */
  async assembledBytes(document: EntryId, page: number, by: UserId): Promise<number | null> {
    const rows = await this.#database.sql
      .selectFrom('pageParts')
      .select(['part', 'parts', 'bytes', 'by'])
      .where('customership', '=', this.#customership)
      .where('document', '=', document)
      .where('page', '=', page)
      .orderBy('part')
      .execute()
    const parts = rows[0]?.parts ?? 0
    const needed = rows.slice(0, parts)
    const isWhole = needed.every(
      (row, index) => row.part === index + 1 && row.parts === parts && row.by === by
    )
    if (parts === 0 || needed.length < parts || !isWhole) return null
    return needed.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Asked for only when `assembledBytes` says that it is whole. */
  async assemble(document: EntryId, page: number): Promise<Buffer> {
    const rows = await this.#database.sql
      .selectFrom('pageParts')
      .selectAll()
      .where('customership', '=', this.#customership)
      .where('document', '=', document)
      .where('page', '=', page)
      .orderBy('part')
      .execute()
    return Buffer.concat(
      rows
        .slice(0, rows[0]?.parts ?? 0)
        .map((row) => openBytes(this.#key, partAad(row), row.sealed))
    )
  }

  async removeParts(document: EntryId): Promise<void> {
    await this.#database.sql
      .deleteFrom('pageParts')
      .where('customership', '=', this.#customership)
      .where('document', '=', document)
      .execute()
  }

  /** False: somebody else brought this page. */
  async put(name: PageName, bytes: Buffer): Promise<boolean> {
    const { document, page, mediaType, by } = name
    const customership = this.#customership
    const sealed = sealBytes(this.#key, pageAad({ customership, document, page, mediaType }), bytes)
    const rows = await this.#database.sql
      .insertInto('pages')
      .values({ customership, document, page, mediaType, by, bytes: bytes.length, sealed })
      .onConflict((conflict) =>
        conflict
          .columns(['customership', 'document', 'page'])
          .doUpdateSet({ mediaType, bytes: bytes.length, sealed })
          .where('pages.by', '=', by)
      )
      .returning('page')
      .execute()
    return rows.length === 1
  }

  /** How many documents have pages or parts here and are none yet. */
  async unfinished(): Promise<number> {
    const { sql } = this.#database
    const customership = this.#customership
    const parts = await sql
      .selectFrom('pageParts')
      .select('document')
      .distinct()
      .where('customership', '=', customership)
      .execute()
    const pages = await sql
      .selectFrom('pages')
      .select('document')
      .distinct()
      .where('customership', '=', customership)
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('entries')
              .select('entries.id')
              .whereRef('entries.customership', '=', 'pages.customership')
              .whereRef('entries.id', '=', 'pages.document')
          )
        )
      )
      .execute()
    return new Set([...parts, ...pages].map(({ document }) => document)).size
  }

  async read(
    document: EntryId,
    page: number
  ): Promise<{ mediaType: DocumentPage['mediaType']; bytes: Buffer } | null> {
    const row = await this.#database.sql
      .selectFrom('pages')
      .selectAll()
      .where('customership', '=', this.#customership)
      .where('document', '=', document)
      .where('page', '=', page)
      .executeTakeFirst()
    if (!row) return null
    return { mediaType: row.mediaType, bytes: openBytes(this.#key, pageAad(row), row.sealed) }
  }

  /** Pages that were brought and then left out of the document. */
  async keepFirst(document: EntryId, count: number): Promise<void> {
    await this.#database.sql
      .deleteFrom('pages')
      .where('customership', '=', this.#customership)
      .where('document', '=', document)
      .where('page', '>', count)
      .execute()
  }

  async remove(document: EntryId): Promise<void> {
    await this.#database.sql
      .deleteFrom('pages')
      .where('customership', '=', this.#customership)
      .where('document', '=', document)
      .execute()
  }
}
