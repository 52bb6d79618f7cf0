import type { Certificate } from '#contract/ending.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'

/** What is committed before anything is destroyed, so that a crash is resumed and told truly. */
export interface DeletionPlan {
  readonly customership: CustomershipId
  readonly number: string
  readonly cause: Certificate['cause']
  readonly by: UserId | null
  readonly plannedAt: number
  readonly entries: number
}

export interface Deletions {
  /** State `deleting` and the plan in one commit; null when there is no such customership. A plan that stands is answered again. */
  plan(
    customership: CustomershipId,
    plan: Pick<DeletionPlan, 'cause' | 'by' | 'plannedAt'>
  ): Promise<DeletionPlan | null>
  /** Plans without a certificate, oldest first. */
  open(): Promise<DeletionPlan[]>
  /** The certificate is stored and the plan removed, in one commit. */
  certify(certificate: Certificate): Promise<void>
}
