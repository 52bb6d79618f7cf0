import type { UserId } from '#contract/id.ts'
import type { Role, Task } from '#contract/role.ts'
import type { Database } from './database.ts'
import type { RegisterTables, UserTable } from './tables.ts'

export type UserState = 'invited' | 'active' | 'closed'

export interface User {
  readonly id: UserId
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly tasks: readonly Task[]
  readonly state: UserState
  readonly passwordHash: string | null
  readonly mustChangePassword: boolean
  readonly pledgedAt: number | null
  readonly trainedAt: number | null
  readonly noticeVersion: number | null
  readonly noticeAt: number | null
  readonly lastSeenAt: number | null
}

export type UserChange = Partial<Omit<User, 'id'>>

export interface OneTimeCode {
  /** Null: the first main user of a new register. */
  readonly user: UserId | null
  readonly validUntil: number
}

/** Who may sign in. User names are kept as they are signed in with, in lower case. */
export class Users {
  readonly #database: Database<RegisterTables>
  readonly #find: (values: { id: UserId }) => Promise<UserTable[]>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
    this.#find = database.prepare((db, value) =>
      db.selectFrom('users').selectAll().where('id', '=', value('id'))
    )
  }

  async count(): Promise<number> {
    const row = await this.#database.sql
      .selectFrom('users')
      .select((user) => user.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }

  async find(id: UserId): Promise<User | null> {
    const [row] = await this.#find({ id })
    return row ? readUser(row) : null
  }

  async findByUsername(username: string): Promise<User | null> {
    const row = await this.#database.sql
      .selectFrom('users')
      .selectAll()
      .where('username', '=', username)
      .executeTakeFirst()
    return row ? readUser(row) : null
  }

  async list(): Promise<User[]> {
    const rows = await this.#database.sql
      .selectFrom('users')
      .selectAll()
      .orderBy('displayName')
      .orderBy('id')
      .execute()
    return rows.map(readUser)
  }

  /** `taken` when the user name is another's. */
  async add(user: User): Promise<'added' | 'taken'> {
    return this.#database.transact(async () => {
      const rows = await this.#database.sql
        .insertInto('users')
        .values(writeUser(user))
        .onConflict((conflict) => conflict.column('username').doNothing())
        .returning('id')
        .execute()
      if (rows.length === 0) return 'taken'
      await this.#tellTablets()
      return 'added'
    })
  }

  async change(id: UserId, change: UserChange): Promise<'changed' | 'taken' | 'absent'> {
    return this.#database.transact(async () => {
      if (change.username !== undefined) {
        const other = await this.findByUsername(change.username)
        if (other && other.id !== id) return 'taken'
      }
      const rows = await this.#database.sql
        .updateTable('users')
        .set(writeChange(change))
        .where('id', '=', id)
        .returning('id')
        .execute()
      if (rows.length === 0) return 'absent'
      const { lastSeenAt: _seen, passwordHash: _hash, ...told } = change
      const { displayName, role, state } = told
      if (displayName !== undefined || role !== undefined || state !== undefined)
        await this.#tellTablets()
      if (Object.keys(told).length > 0) this.#database.show({ user: id })
      return 'changed'
    })
  }

  /** Only the hash of a code is kept. A user's new code replaces the former. */
  async addCode(hash: string, code: OneTimeCode): Promise<void> {
    await this.#database.transact(async () => {
      await this.#database.sql
        .deleteFrom('codes')
        .where('user', code.user === null ? 'is' : '=', code.user)
        .execute()
      await this.#database.sql
        .insertInto('codes')
        .values({ hash, ...code })
        .execute()
    })
  }

  async findCode(hash: string, now: number): Promise<OneTimeCode | null> {
    const row = await this.#database.sql
      .selectFrom('codes')
      .select(['user', 'validUntil'])
      .where('hash', '=', hash)
      .where('validUntil', '>', now)
      .executeTakeFirst()
    return row ?? null
  }

  /** True for exactly one caller. */
  async spendCode(hash: string, now: number): Promise<boolean> {
    const rows = await this.#database.sql
      .deleteFrom('codes')
      .where('hash', '=', hash)
      .where('validUntil', '>', now)
      .returning('hash')
      .execute()
    return rows.length === 1
  }

  /** People's names travel with the organisation, so its revision rises with them. */
  async #tellTablets(): Promise<void> {
    await this.#database.sql
      .updateTable('organisation')
      .set((row) => ({ revision: row('revision', '+', 1) }))
      .execute()
    this.#database.show('everybody')
  }
}

function readUser(row: UserTable): User {
  return {
    ...row,
    tasks: JSON.parse(row.tasks) as Task[],
    mustChangePassword: row.mustChangePassword === 1
  }
}

function writeUser(user: User): UserTable {
  return {
    ...user,
    tasks: JSON.stringify(user.tasks),
    mustChangePassword: user.mustChangePassword ? 1 : 0
  }
}

function writeChange({ tasks, mustChangePassword, ...rest }: UserChange): Partial<UserTable> {
  return {
    ...rest,
    ...(tasks === undefined ? {} : { tasks: JSON.stringify(tasks) }),
    ...(mustChangePassword === undefined ? {} : { mustChangePassword: mustChangePassword ? 1 : 0 })
  }
}
