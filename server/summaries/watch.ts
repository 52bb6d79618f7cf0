import { dayAt } from '#contract/day.ts'
import { monthOf, type Month } from '#contract/month.ts'
import type { SummaryLine } from '#contract/summary-request.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { Clock } from '#server/clock.ts'
import { inTurns } from '#server/in-turns.ts'
import { digestOf } from '#server/keys/digest.ts'
import { Packing, type Packed } from '#server/store/packed.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Kept } from '#server/store/kept.ts'
import type { Store } from '#server/store/store.ts'
import { readMonth, type Terms } from './month-source.ts'
import { lineOf } from './tell.ts'

interface Parts {
  readonly store: Store
  readonly clock: Clock
}

interface Basis {
  readonly stamp: string
  readonly terms: Terms
  readonly month: Month
}

export async function readTerms({ store, clock }: Parts): Promise<Terms> {
  const { organisation } = await requireOrganisation(store)
  const { rules = [], templates } = organisation
  return { rules, templates, today: dayAt(clock.now()) }
}

/** Several desks look at several months at one time; the one that was looked at longest ago makes way. */
const monthsKept = 4

/** The months that somebody looks at are kept in memory, and each customership of them read again when it changes. */
export class WatchedMonths {
  readonly #parts: Parts
  readonly #changed: Kept<SummaryLine[], Basis>
  /** The one that was asked last is the last. */
  #months: WatchedMonth[]

  constructor(parts: Parts) {
    this.#parts = parts
    this.#months = [new WatchedMonth(parts)]
    this.#changed = parts.store.register.keep({
      basis: () => readBasis(parts, null),
      read: readChanged
    })
  }

  lines(month: Month): Promise<SummaryLine[]> {
    const watched = this.#watchedFor(month)
    this.#months = [...this.#months.filter((one) => one !== watched), watched]
    return watched.lines(month)
  }

  /** What was approved and is not so any more, of whichever month. */
  async changed(): Promise<SummaryLine[]> {
    return [...(await this.#changed.values()).values()].flat()
  }

  #watchedFor(month: Month): WatchedMonth {
    const known = this.#months.find((one) => one.asked === month || one.asked === null)
    if (known) return known
    const [oldest] = this.#months
    return oldest && this.#months.length >= monthsKept ? oldest : new WatchedMonth(this.#parts)
  }
}

/** With what the lines of everybody repeat, and nobody's. */
const packing = new Packing<SummaryLine[]>({
  workers: [],
  requests: [],
  number: null,
  grantedMinutes: 0,
  monthMinutes: 0,
  missing: [{ code: 'month-running' }],
  customership: '',
  firstName: '',
  lastName: '',
  organiser: '',
  month: '2000-01',
  summary: null,
  version: 1,
  state: 'draft',
  isChanged: false,
  receipt: null,
  based: null
})

/** One month in memory at a time. Whoever asks for another waits until those before have theirs. */
class WatchedMonth {
  readonly #kept: Kept<Packed<SummaryLine[]>, Basis>
  #month: Month | null = null
  #queue: Promise<unknown> = Promise.resolve()
  /** The month that was asked of it last. */
  asked: Month | null = null

  constructor(parts: Parts) {
    this.#kept = parts.store.register.keep({
      basis: () => readBasis(parts, this.#month),
      async read(reader, basis) {
        const lines = await readLines(reader, basis)
        return lines.length > 0 ? packing.pack(lines) : null
      }
    })
  }

  lines(month: Month): Promise<SummaryLine[]> {
    this.asked = month
    const next = this.#queue.then(async () => {
      this.#month = month
      const kept = await this.#kept.values()
      const opened: SummaryLine[] = []
      await inTurns([...kept.values()], (packed) => {
        opened.push(...packing.open(packed))
      })
      // §7: what was forgotten while others had their turn is in no answer.
      return opened.filter(({ customership }) => kept.has(customership))
    })
    this.#queue = next.catch(() => undefined)
    return next
  }
}

async function readBasis(parts: Parts, asked: Month | null): Promise<Basis> {
  const terms = await readTerms(parts)
  const { rules, templates, today } = terms
  const month = asked ?? monthOf(today)
  const versions = templates.map(({ id, version }) => [id, version])
  return { stamp: digestOf(JSON.stringify([rules, versions, today, month])), terms, month }
}

async function readLines(
  reader: CustomershipReader,
  { terms, month }: Pick<Basis, 'terms' | 'month'>
): Promise<SummaryLine[]> {
  const drafts = await readMonth(reader, month, terms)
  return drafts.map((draft) => lineOf(reader.facts.id, draft))
}

async function readChanged(
  reader: CustomershipReader,
  { terms }: Basis
): Promise<SummaryLine[] | null> {
  const all = await reader.ofKind('summary')
  const approved = new Set(all.flatMap(({ data }) => (data.locked ? [data.month] : [])))
  const lines: SummaryLine[] = []
  for (const month of approved) lines.push(...(await readLines(reader, { terms, month })))
  const changed = lines.filter(({ isChanged }) => isChanged)
  return changed.length > 0 ? changed : null
}
