import type { UserId } from '#contract/id.ts'
import type { Role, Task } from '#contract/role.ts'

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
export interface Users {
  count(): Promise<number>
  find(id: UserId): Promise<User | null>
  findByUsername(username: string): Promise<User | null>
  list(): Promise<User[]>
  /** `taken` when the user name is another's. */
  add(user: User): Promise<'added' | 'taken'>
  change(id: UserId, change: UserChange): Promise<'changed' | 'taken' | 'absent'>
  /** Only the hash of a code is kept. A user's new code replaces the former. */
  addCode(hash: string, code: OneTimeCode): Promise<void>
  findCode(hash: string, now: number): Promise<OneTimeCode | null>
  /** True for exactly one caller. */
  spendCode(hash: string, now: number): Promise<boolean>
}
