import type { Family } from './exposition.ts'

type Values<L extends string> = Readonly<Record<L, string>>

/** Rises from the start of the process. Its labels are codes from closed lists: each new value is one more line for ever. */
export class Counter<L extends string> {
  readonly #name: string
  readonly #help: string
  readonly #counted = new Map<string, { readonly labels: Values<L>; value: number }>()

  constructor(name: string, help: string) {
    this.#name = name
    this.#help = help
  }

  count(labels: Values<L>, by = 1): void {
    const key = JSON.stringify(labels)
    const known = this.#counted.get(key)
    if (known) known.value += by
    else this.#counted.set(key, { labels, value: by })
  }

  family(): Family {
    return {
      name: this.#name,
      help: this.#help,
      kind: 'counter',
      samples: [...this.#counted.values()].map(({ labels, value }) => ({ labels, value }))
    }
  }
}
