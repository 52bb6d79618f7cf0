import type { CustomershipId } from '#contract/id.ts'
import { ledgerOf, type LedgerLine } from '#contract/ledger.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { noTransferSettings, type TransferSettings } from '#contract/transfer-terms.ts'
import { digestOf } from '#server/keys/digest.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Basis, Kept } from '#server/store/kept.ts'
import type { Store } from '#server/store/store.ts'

export interface LedgerBasis extends Basis {
  readonly rules: readonly OrganiserRule[]
  readonly settings: TransferSettings
}

/** What one customership's portals are to hear, and by which name its events are keyed. */
export interface ClientLedger {
  readonly customership: CustomershipId
  readonly firstName: string
  readonly lastName: string
  readonly lines: readonly LedgerLine[]
}

/** Counted anew when a customership changes, or when rules or prices do. */
export type LedgerKeeping = Pick<Kept<ClientLedger, LedgerBasis>, 'values'>

export async function readBasis(store: Store): Promise<LedgerBasis> {
  const { organisation } = await store.organisation.read()
  const rules = organisation?.rules ?? []
  const settings = organisation?.transfers ?? noTransferSettings
  return { stamp: digestOf(JSON.stringify([rules, settings])), rules, settings }
}

export async function readLedger(
  reader: CustomershipReader,
  { rules, settings }: Pick<LedgerBasis, 'rules' | 'settings'>
): Promise<LedgerLine[]> {
  return ledgerOf({
    decisions: await reader.ofKind('decision'),
    visits: await reader.ofKind('visit'),
    events: await reader.ofKind('service-event'),
    rules,
    settings
  })
}

export function keepLedger(store: Store): LedgerKeeping {
  return store.register.keep({
    basis: () => readBasis(store),
    read: (reader, basis) => readClient(reader, basis)
  })
}

async function readClient(reader: CustomershipReader, basis: LedgerBasis): Promise<ClientLedger> {
  const lines = await readLedger(reader, basis)
  const [profile] = lines.length > 0 ? await reader.ofKind('profile') : []
  return {
    customership: reader.facts.id,
    firstName: profile?.data.firstName.value ?? '',
    lastName: profile?.data.lastName.value ?? '',
    lines
  }
}
