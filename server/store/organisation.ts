import type { Organisation } from '#contract/organisation.ts'

/** The settings of the organisation: one value with one revision. It holds no client data. */
export interface OrganisationStore {
  /** Null in a new register. The revision also rises when people's names change, since they travel with it. */
  read(): Promise<{ revision: number; organisation: Organisation | null }>
  write(organisation: Organisation): Promise<number>
}
