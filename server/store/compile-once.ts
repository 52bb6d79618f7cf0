import type { Compilable, CompiledQuery } from 'kysely'

/** What stands in a question for a value that each call gives. */
export type Given<V> = <K extends keyof V & string>(name: K) => V[K]

class Blank {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A question that is compiled once, and filled each time it is asked. */
export function compileOnce<V extends object, R>(
  build: (value: Given<V>) => Compilable<R>
): (values: V) => CompiledQuery<R> {
  const value: Given<V> = (name) => new Blank(name) as unknown as V[typeof name]
  const compiled = build(value).compile()
  return (values) => {
    const given = values as Record<string, unknown>
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Blank ? given[parameter.name] : parameter
    )
    return { ...compiled, parameters }
  }
}
