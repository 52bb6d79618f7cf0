import type { CustomershipId } from '#contract/id.ts'
import type { PackagePart } from '#contract/return-package.ts'
import { openBytes, openText, sealBytes, sealText, type DataKey } from '#server/keys/data-key.ts'
import type { Database } from './database.ts'
import type { PackageTable, RegisterTables } from './tables.ts'

type Name = Pick<PackageTable, 'customership' | 'number'>

/** Sealed bytes open only in their own place. */
const pieceAad = ({ customership, number }: Name, part: PackagePart, piece: number) =>
  `kotikaynti/package-piece/1\n${customership}\n${number}\n${part}\n${piece}`

const passphraseAad = ({ customership, number }: Name) =>
  `kotikaynti/package-passphrase/1\n${customership}\n${number}`

export type PackageFacts = Omit<PackageTable, 'customership' | 'passphrase'>

/**
 * The return package of one customership: at most one, sealed in pieces, so that neither writing
 * nor handing out a large one holds the register up. Pieces are nobody's until the package names them.
 */
export class Packages {
  readonly #database: Database<RegisterTables>
  readonly #customership: CustomershipId
  readonly #key: DataKey

  constructor(database: Database<RegisterTables>, customership: CustomershipId, key: DataKey) {
    this.#database = database
    this.#customership = customership
    this.#key = key
  }

  async putPiece(number: string, part: PackagePart, piece: number, bytes: Buffer): Promise<void> {
    const customership = this.#customership
    const sealed = sealBytes(this.#key, pieceAad({ customership, number }, part, piece), bytes)
    await this.#database.sql
      .insertInto('packagePieces')
      .values({ customership, number, part, piece, sealed })
      .execute()
  }

  /** Takes the place of the former one. False: another was made meanwhile, and the pieces are gone. */
  async put(facts: PackageFacts, passphrase: string, pieces: number): Promise<boolean> {
    const { sql } = this.#database
    const customership = this.#customership
    const { number } = facts
    const rows = await sql
      .selectFrom('packagePieces')
      .select('piece')
      .where('customership', '=', customership)
      .where('number', '=', number)
      .execute()
    if (rows.length !== pieces) return false
    await sql.deleteFrom('packages').where('customership', '=', customership).execute()
    await sql
      .deleteFrom('packagePieces')
      .where('customership', '=', customership)
      .where('number', '!=', number)
      .execute()
    await sql
      .insertInto('packages')
      .values({
        customership,
        ...facts,
        passphrase: sealText(this.#key, passphraseAad({ customership, number }), passphrase)
      })
      .execute()
    this.#database.show('office')
    return true
  }

  async read(): Promise<PackageFacts | null> {
    const row = await this.#row()
    if (!row) return null
    const { customership: _id, passphrase: _sealed, ...facts } = row
    return facts
  }

  async passphrase(): Promise<string | null> {
    const row = await this.#row()
    return row ? openText(this.#key, passphraseAad(row), row.passphrase) : null
  }

  /** Null: there are no more, or the package is another by now. */
  async piece(number: string, part: PackagePart, piece: number): Promise<Buffer | null> {
    const customership = this.#customership
    const row = await this.#database.sql
      .selectFrom('packagePieces')
      .select('sealed')
      .where('customership', '=', customership)
      .where('number', '=', number)
      .where('part', '=', part)
      .where('piece', '=', piece)
      .executeTakeFirst()
    if (!row) return null
    return openBytes(this.#key, pieceAad({ customership, number }, part, piece), row.sealed)
  }

  async remove(): Promise<void> {
    const customership = this.#customership
    const { sql } = this.#database
    await sql.deleteFrom('packagePieces').where('customership', '=', customership).execute()
    await sql.deleteFrom('packages').where('customership', '=', customership).execute()
    this.#database.show('office')
  }

  /** What was left by one that was never finished. */
  async removePieces(number: string): Promise<void> {
    await this.#database.sql
      .deleteFrom('packagePieces')
      .where('customership', '=', this.#customership)
      .where('number', '=', number)
      .execute()
  }

  #row(): Promise<PackageTable | undefined> {
    return this.#database.sql
      .selectFrom('packages')
      .selectAll()
      .where('customership', '=', this.#customership)
      .executeTakeFirst()
  }
}
