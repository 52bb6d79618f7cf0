import type { Family, Sample } from './exposition.ts'

type Values<L extends string> = Readonly<Record<L, string>>

interface Observed<L extends string> {
  readonly labels: Values<L>
  /** How many fell into each bound and into none below it; the last one has no bound. */
  readonly counts: number[]
  sum: number
}

/** How many observations stayed within each bound. */
export class Histogram<L extends string> {
  readonly #name: string
  readonly #help: string
  readonly #bounds: readonly number[]
  readonly #observed = new Map<string, Observed<L>>()

  /** `bounds` rise; the unit is in the name. */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name
    this.#help = help
    this.#bounds = bounds
  }

  observe(labels: Values<L>, value: number): void {
    const key = JSON.stringify(labels)
    const known = this.#observed.get(key) ?? this.#begin(key, labels)
    const found = this.#bounds.findIndex((bound) => value <= bound)
    const index = found === -1 ? this.#bounds.length : found
    known.counts[index] = (known.counts[index] ?? 0) + 1
    known.sum += value
  }

  family(): Family {
    return {
      name: this.#name,
      help: this.#help,
      kind: 'histogram',
      samples: [...this.#observed.values()].flatMap((one) => this.#samplesOf(one))
    }
  }

  #begin(key: string, labels: Values<L>): Observed<L> {
    const begun = { labels, counts: [...this.#bounds, 0].map(() => 0), sum: 0 }
    this.#observed.set(key, begun)
    return begun
  }

  #samplesOf({ labels, counts, sum }: Observed<L>): Sample[] {
    let within = 0
    const buckets = counts.map((count, index): Sample => {
      within += count
      const le = this.#bounds[index] === undefined ? '+Inf' : String(this.#bounds[index])
      return { suffix: '_bucket', labels: { ...labels, le }, value: within }
    })
    return [
      ...buckets,
      { suffix: '_sum', labels, value: sum },
      { suffix: '_count', labels, value: within }
    ]
  }
}
