import type { CustomershipId, RightsRequestId } from '#contract/id.ts'
import { passageReviewSchema, type PassageReview } from '#contract/passage.ts'
import type { AnswerPart } from '#contract/answer-file.ts'
import { openBytes, openText, sealBytes, sealText, type DataKey } from '#server/keys/data-key.ts'
import type { Database } from './database.ts'
import type { AnswerTable, RegisterTables } from './tables.ts'

type Name = Pick<AnswerTable, 'customership' | 'request' | 'number'>

/** Sealed bytes open only in their own place. */
const pieceAad = ({ customership, number }: Name, part: AnswerPart, piece: number) =>
  `kotikaynti/answer-piece/1\n${customership}\n${number}\n${part}\n${piece}`

const passphraseAad = ({ customership, number }: Name) =>
  `kotikaynti/answer-passphrase/1\n${customership}\n${number}`

const reviewAad = ({ customership, request }: Omit<Name, 'number'>) =>
  `kotikaynti/passage-review/1\n${customership}\n${request}`

export type AnswerFacts = Omit<AnswerTable, 'customership' | 'passphrase'>

/**
 * What is given to the client on request: one for each request, sealed in pieces as a return package is,
 * and before it what was decided of each passage that may concern somebody else.
 */
export class Answers {
  readonly #database: Database<RegisterTables>
  readonly #customership: CustomershipId
  readonly #key: DataKey

  constructor(database: Database<RegisterTables>, customership: CustomershipId, key: DataKey) {
    this.#database = database
    this.#customership = customership
    this.#key = key
  }

  async review(request: RightsRequestId): Promise<PassageReview> {
    const row = await this.#database.sql
      .selectFrom('passageReviews')
      .selectAll()
      .where('customership', '=', this.#customership)
      .where('request', '=', request)
      .executeTakeFirst()
    if (!row) return { choices: {} }
    return passageReviewSchema.parse(JSON.parse(openText(this.#key, reviewAad(row), row.sealed)))
  }

  async writeReview(request: RightsRequestId, review: PassageReview): Promise<void> {
    const name = { customership: this.#customership, request }
    const sealed = sealText(this.#key, reviewAad(name), JSON.stringify(review))
    await this.#database.sql
      .insertInto('passageReviews')
      .values({ ...name, sealed })
      .onConflict((conflict) =>
        conflict.columns(['customership', 'request']).doUpdateSet({ sealed })
      )
      .execute()
    this.#database.show('office')
  }

  async putPiece(
    name: Omit<Name, 'customership'>,
    part: AnswerPart,
    piece: number,
    bytes: Buffer
  ): Promise<void> {
    const whole = { ...name, customership: this.#customership }
    const sealed = sealBytes(this.#key, pieceAad(whole, part, piece), bytes)
    await this.#database.sql
      .insertInto('answerPieces')
      .values({ ...whole, part, piece, sealed })
      .execute()
  }

  /** Takes the place of the former one. False: another was made meanwhile, and the pieces are gone. */
  async put(facts: AnswerFacts, passphrase: string, pieces: number): Promise<boolean> {
    const { sql } = this.#database
    const { request, number } = facts
    const name = { customership: this.#customership, request, number }
    const { count } = await sql
      .selectFrom('answerPieces')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('customership', '=', name.customership)
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    if (count !== pieces) return false
    await sql
      .deleteFrom('answers')
      .where('customership', '=', name.customership)
      .where('request', '=', request)
      .execute()
    await sql
      .deleteFrom('answerPieces')
      .where('customership', '=', name.customership)
      .where('request', '=', request)
      .where('number', '!=', number)
      .execute()
    await sql
      .insertInto('answers')
      .values({
        ...facts,
        customership: name.customership,
        passphrase: sealText(this.#key, passphraseAad(name), passphrase)
      })
      .execute()
    this.#database.show('office')
    return true
  }

  async read(request: RightsRequestId): Promise<AnswerFacts | null> {
    const row = await this.#row(request)
    if (!row) return null
    const { customership: _id, passphrase: _sealed, ...facts } = row
    return facts
  }

  /** All that were made, oldest first. */
  async list(): Promise<AnswerFacts[]> {
    const rows = await this.#database.sql
      .selectFrom('answers')
      .selectAll()
      .where('customership', '=', this.#customership)
      .orderBy('madeAt')
      .execute()
    return rows.map(({ customership: _id, passphrase: _sealed, ...facts }) => facts)
  }

  async passphrase(request: RightsRequestId): Promise<string | null> {
    const row = await this.#row(request)
    return row ? openText(this.#key, passphraseAad(row), row.passphrase) : null
  }

  /** Null: there are no more, or the answer is another by now. */
  async piece(number: string, part: AnswerPart, piece: number): Promise<Buffer | null> {
    const row = await this.#database.sql
      .selectFrom('answerPieces')
      .selectAll()
      .where('customership', '=', this.#customership)
      .where('number', '=', number)
      .where('part', '=', part)
      .where('piece', '=', piece)
      .executeTakeFirst()
    return row ? openBytes(this.#key, pieceAad(row, part, piece), row.sealed) : null
  }

  /** What was left by one that was never finished. */
  async removePieces(number: string): Promise<void> {
    await this.#database.sql
      .deleteFrom('answerPieces')
      .where('customership', '=', this.#customership)
      .where('number', '=', number)
      .execute()
  }

  #row(request: RightsRequestId): Promise<AnswerTable | undefined> {
    return this.#database.sql
      .selectFrom('answers')
      .selectAll()
      .where('customership', '=', this.#customership)
      .where('request', '=', request)
      .executeTakeFirst()
  }
}
