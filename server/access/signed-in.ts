import type { UserId } from '#contract/id.ts'
import type { Role, Task } from '#contract/role.ts'

/** As much of a user as the one decision asks for. */
export interface SignedIn {
  readonly id: UserId
  readonly role: Role
  readonly tasks: readonly Task[]
}
