import type { Certificate } from '#contract/ending.ts'
import type { CustomershipId } from '#contract/id.ts'

export interface Certificates {
  list(): Promise<Certificate[]>
  find(customership: CustomershipId): Promise<Certificate | null>
  /** When a tablet that was pending has confirmed. */
  replace(certificate: Certificate): Promise<void>
}
