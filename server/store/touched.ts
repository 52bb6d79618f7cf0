import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'

/** Whom or what a commit concerns, by id; nothing of what it says. */
export type Touched =
  | { readonly customership: CustomershipId }
  | { readonly device: DeviceId }
  | { readonly user: UserId }
  /** What only the office is shown. */
  | 'office'
  /** What travels to every tablet. */
  | 'everybody'
