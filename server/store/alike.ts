/**
 * Equal values that lie in memory once. Of a hundred thousand families most have one of a few organisers,
 * products, states and days. Only for what tells of nobody: it is not forgotten.
 */
export class Alike {
  readonly #values = new Map<string, unknown>()

  /** The one that was given first of all that are equal as JSON; it may not be changed. */
  value<T>(value: T): T {
    const name = JSON.stringify(value)
    if (!this.#values.has(name)) this.#values.set(name, value)
    // Equal to what was asked for, so of its type.
    return this.#values.get(name) as T
  }
}
