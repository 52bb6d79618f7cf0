import { dayAt, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { ledgerOf, type LedgerLine } from '#contract/ledger.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { noTransferSettings, type TransferSettings } from '#contract/transfer-terms.ts'
import type { Clock } from '#server/clock.ts'
import { digestOf } from '#server/keys/digest.ts'
import { Alike } from '#server/store/alike.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Basis, Kept } from '#server/store/kept.ts'
import { Packing, type Packed } from '#server/store/packed.ts'
import type { Store } from '#server/store/store.ts'
import { madeUpLedger } from './made-up-ledger.ts'
import { countMonths, type MonthCounts } from './month-counts.ts'

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

/** As it is kept: what Tilanne counts stands open, and the lines wait packed for whoever asks for them. */
export interface KeptLedger {
  readonly months: readonly MonthCounts[]
  readonly packed: Packed<ClientLedger>
}

/** Counted anew when a customership changes, when rules or prices do, and every day. */
export type LedgerKeeping = Pick<Kept<KeptLedger, LedgerBasis & Today>, 'values'>

interface Today {
  readonly today: Day
}

const packing = new Packing<ClientLedger>(madeUpLedger)

export const openLedger = ({ packed }: KeptLedger): ClientLedger => packing.open(packed)

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

export function keepLedger({ store, clock }: { store: Store; clock: Clock }): LedgerKeeping {
  const alike = new Alike()
  return store.register.keep({
    async basis() {
      const basis = await readBasis(store)
      const today = dayAt(clock.now())
      return { ...basis, stamp: `${today} ${basis.stamp}`, today }
    },
    async read(reader, basis) {
      const ledger = await readClient(reader, basis)
      if (ledger.lines.length === 0) return null
      const months = countMonths(ledger.lines, basis.settings, basis.today)
      return { months: alike.value(months), packed: packing.pack(ledger) }
    }
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
