import { organisationSchema, type Organisation } from '#contract/settings.ts'
import type { Database } from './database.ts'
import type { Notices } from './notices.ts'
import type { RegisterTables } from './tables.ts'

/** The settings of the organisation: one value with one revision. It holds no client data. */
export class OrganisationStore {
  readonly #database: Database<RegisterTables>
  readonly #notices: Notices
  readonly #revision: (values: object) => Promise<{ revision: number }[]>
  #known: { revision: number; text: string; organisation: Organisation } | null = null

  constructor(database: Database<RegisterTables>, notices: Notices) {
    this.#database = database
    this.#notices = notices
    this.#revision = database.prepare((db) => db.selectFrom('organisation').select('revision'))
  }

  /**
   * Null in a new register. The revision also rises when people's names change, since they travel with it. Every
   * request asks: the value is long, and is read again only when its revision is another one.
   */
  async read(): Promise<{ revision: number; organisation: Organisation | null }> {
    const [now] = await this.#revision({})
    if (now && this.#known?.revision === now.revision)
      return { revision: now.revision, organisation: this.#known.organisation }
    const row = await this.#database.sql.selectFrom('organisation').selectAll().executeTakeFirst()
    if (!row) return { revision: 0, organisation: null }
    const { revision, value: text } = row
    const organisation =
      this.#known?.text === text
        ? this.#known.organisation
        : organisationSchema.parse(JSON.parse(text))
    // What a transaction wrote may be undone, and its revision be another value's then.
    if (!this.#database.isInside) this.#known = { revision, text, organisation }
    return { revision, organisation }
  }

  /** Over the revision that was read and no other; null when somebody was faster. */
  async replace(based: number, organisation: Organisation): Promise<number | null> {
    const row = await this.#database.sql
      .updateTable('organisation')
      .set({ revision: based + 1, value: JSON.stringify(organisation) })
      .where('revision', '=', based)
      .returning('revision')
      .executeTakeFirst()
    if (!row) return null
    this.#database.show('everybody')
    return row.revision
  }

  /** §14: of a register that is older than the versions of the notice. */
  async freezeNotice(): Promise<void> {
    const { organisation } = await this.read()
    if (organisation) await this.#notices.freezeFirst(organisation)
  }

  async write(organisation: Organisation): Promise<number> {
    return this.#database.transact(async () => {
      const revision = await this.#put(organisation)
      await this.#notices.freezeFirst(organisation)
      return revision
    })
  }

  async #put(organisation: Organisation): Promise<number> {
    const row = await this.#database.sql
      .insertInto('organisation')
      .values({ id: 1, revision: 1, value: JSON.stringify(organisation) })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((given) => ({
          revision: given('organisation.revision', '+', 1),
          value: given.ref('excluded.value')
        }))
      )
      .returning('revision')
      .executeTakeFirstOrThrow()
    this.#database.show('everybody')
    return row.revision
  }
}
