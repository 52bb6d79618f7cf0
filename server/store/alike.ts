/**
 * Equal texts and lists that lie in memory once. Of a hundred thousand families most have one of a few
 * organisers, products, states and days. Only for what tells of nobody: it is not forgotten.
 */
export class Alike {
  readonly #texts = new Map<string, string>()
  readonly #lists = new Map<string, readonly string[]>()

  text<T extends string>(text: T): T {
    const known = this.#texts.get(text)
    if (known === undefined) this.#texts.set(text, text)
    // Equal to what was asked for, so of its type.
    return (known ?? text) as T
  }

  list<T extends string>(list: readonly T[]): readonly T[] {
    const name = list.join('\n')
    const known = this.#lists.get(name)
    if (known === undefined) this.#lists.set(name, list)
    return (known ?? list) as readonly T[]
  }
}
