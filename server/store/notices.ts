import type { Day } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { NoticeTexts } from '#contract/notice-line.ts'
import { composeNotice, type NoticeSettings } from '#contract/notice-text.ts'
import type { NoticeSummary, TellingWay } from '#contract/notice.ts'
import type { Organisation } from '#contract/settings.ts'
import type { Database } from './database.ts'
import type { NoticeTable, RegisterTables } from './tables.ts'

/** A version as it was published: text, and the settings that it was made from. */
export interface FrozenNotice {
  readonly version: number
  readonly effectiveFrom: Day
  readonly isSignificant: boolean
  /** Null: the first, which came with the register. */
  readonly publishedAt: number | null
  readonly by: UserId | null
  readonly settings: NoticeSettings
  readonly text: NoticeTexts
  readonly summary: NoticeSummary | null
}

export interface Telling {
  readonly customership: CustomershipId
  readonly told: {
    readonly way: TellingWay
    readonly day: Day
    readonly by: UserId
    readonly at: number
  } | null
}

/** What of the settings stands in the notice. */
export function noticeSettings(organisation: Organisation): NoticeSettings {
  const { controller, contactPerson, protectionOfficer, processor, organisers } = organisation
  const { deleteAfterDays, logYears } = organisation.policy
  const policy = { deleteAfterDays, ...(logYears === undefined ? {} : { logYears }) }
  return { controller, contactPerson, protectionOfficer, processor, organisers, policy }
}

/** §14: what is published is never written again, and whom a significant change is told to. */
export class Notices {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  /**
   * The notice that a register begins with, frozen as its settings make it. One of a register that is
   * older than the versions is frozen as it stands when they come.
   */
  async freezeFirst(organisation: Organisation): Promise<void> {
    const known = await this.#database.sql
      .selectFrom('notices')
      .select('version')
      .limit(1)
      .executeTakeFirst()
    if (known) return
    const { version, effectiveFrom } = organisation.notice
    const settings = noticeSettings(organisation)
    await this.freeze({
      version,
      effectiveFrom: effectiveFrom as Day,
      isSignificant: true,
      publishedAt: null,
      by: null,
      settings,
      text: composeNotice(settings, version),
      summary: null
    })
  }

  async freeze({ settings, text, summary, ...notice }: FrozenNotice): Promise<void> {
    await this.#database.sql
      .insertInto('notices')
      .values({
        ...notice,
        isSignificant: notice.isSignificant ? 1 : 0,
        value: JSON.stringify({ settings, text, summary })
      })
      .execute()
    this.#database.show('office')
  }

  /** The oldest first. */
  async list(): Promise<FrozenNotice[]> {
    const rows = await this.#database.sql
      .selectFrom('notices')
      .selectAll()
      .orderBy('version')
      .execute()
    return rows.map(readNotice)
  }

  async find(version: number): Promise<FrozenNotice | null> {
    const row = await this.#database.sql
      .selectFrom('notices')
      .selectAll()
      .where('version', '=', version)
      .executeTakeFirst()
    return row ? readNotice(row) : null
  }

  async mustTell(version: number, customerships: readonly CustomershipId[]): Promise<void> {
    for (const customership of customerships)
      await this.#database.sql
        .insertInto('noticeTellings')
        .values({ version, customership, way: null, day: null, by: null, at: null })
        .execute()
  }

  /** Of the newest version that is told to clients. Null: there is none. */
  async newestTold(): Promise<number | null> {
    const row = await this.#database.sql
      .selectFrom('notices')
      .select((one) => one.fn.max('version').as('version'))
      .where('isSignificant', '=', 1)
      .where('publishedAt', 'is not', null)
      .executeTakeFirst()
    return row?.version ?? null
  }

  async tellings(version: number): Promise<Telling[]> {
    const rows = await this.#database.sql
      .selectFrom('noticeTellings')
      .selectAll()
      .where('version', '=', version)
      .orderBy('customership')
      .execute()
    return rows.map(({ customership, way, day, by, at }) => ({
      customership,
      told: way && day && by && at !== null ? { way, day, by, at } : null
    }))
  }

  /** How many are still to be told of the newest version that is told. */
  async untold(): Promise<number> {
    const version = await this.newestTold()
    if (version === null) return 0
    const { count } = await this.#database.sql
      .selectFrom('noticeTellings')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('version', '=', version)
      .where('way', 'is', null)
      .executeTakeFirstOrThrow()
    return count
  }

  /** False: that customership is not on the list. */
  async tell(
    version: number,
    customership: CustomershipId,
    told: Telling['told']
  ): Promise<boolean> {
    const rows = await this.#database.sql
      .updateTable('noticeTellings')
      .set(told ?? { way: null, day: null, by: null, at: null })
      .where('version', '=', version)
      .where('customership', '=', customership)
      .returning('customership')
      .execute()
    this.#database.show('office')
    return rows.length === 1
  }
}

function readNotice({ value, isSignificant, ...row }: NoticeTable): FrozenNotice {
  const frozen = JSON.parse(value) as Pick<FrozenNotice, 'settings' | 'text' | 'summary'>
  return { ...row, ...frozen, isSignificant: isSignificant === 1 }
}
