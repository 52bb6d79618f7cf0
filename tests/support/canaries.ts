import type * as z from 'zod/mini'
import { entryDataSchemas } from '#contract/entry.ts'
import type { StoredKind } from '#contract/entry-kind.ts'
import { officeDataSchemas, type StoredData } from '#contract/office-entry.ts'

/** A schema as zod keeps it: enough to fill every field of it, those to come included. */
interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>
  readonly innerType?: z.ZodMiniType
  readonly element?: z.ZodMiniType
  readonly keyType?: z.ZodMiniType
  readonly valueType?: z.ZodMiniType
  readonly options?: readonly z.ZodMiniType[]
  readonly entries?: Readonly<Record<string, string>>
  readonly values?: readonly unknown[]
}

const definitionOf = (schema: z.ZodMiniType): Definition => schema._zod.def

/** What in a canary's field cannot sing: the same values stand in many places. */
const silent = /^\d{4}-\d\d(-\d\d)?$/

/** Fills every field of a kind with a value of its own, valid by its schema, and remembers where each stands. */
export class Canaries {
  /** The text, and where it was put: `profile.allergies`. */
  readonly places = new Map<string, string>()
  readonly #values: Readonly<Record<string, unknown>>
  #next = 1

  readonly #voice: ((n: number) => string) | undefined

  /** `values`: by place, what a canary cannot decide, such as a real worker's id. `voice`: how the nth sings where it may say anything. */
  constructor(values: Readonly<Record<string, unknown>> = {}, voice?: (n: number) => string) {
    this.#values = values
    this.#voice = voice
  }

  of<K extends StoredKind>(kind: K): StoredData<K> {
    const schema: z.ZodMiniType = { ...entryDataSchemas, ...officeDataSchemas }[kind]
    const data = this.#fill(schema, [kind])
    const parsed = schema.safeParse(data)
    if (!parsed.success) throw new Error(`${kind}: ${JSON.stringify(parsed.error.issues)}`)
    return data as StoredData<K>
  }

  /** The places whose canaries are in the text. */
  heardIn(text: string): string[] {
    return [...this.places].flatMap(([canary, place]) => (text.includes(canary) ? [place] : []))
  }

  #fill(schema: z.ZodMiniType, path: readonly string[]): unknown {
    const place = path.join('.')
    if (place in this.#values) return this.#values[place]
    const definition = definitionOf(schema)
    switch (definition.type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(definition.shape ?? {}).map(([field, inner]) => [
            field,
            this.#fill(inner, [...path, field])
          ])
        )
      case 'optional':
      case 'nullable':
      case 'default':
        return this.#fill(definition.innerType!, path)
      case 'array':
        return [this.#fill(definition.element!, path)]
      case 'record':
        return { canary: this.#fill(definition.valueType!, [...path, 'canary']) }
      case 'union':
        return this.#fill(definition.options![0]!, path)
      case 'enum':
        return Object.values(definition.entries!).at(-1)
      case 'literal':
        return definition.values![0]
      case 'number':
        return [1, 2].find((one) => schema.safeParse(one).success) ?? 1
      case 'boolean':
        return true
      case 'string':
        return this.#sing(schema, place)
      default:
        throw new Error(`no canary for ${definition.type} at ${place}`)
    }
  }

  #sing(schema: z.ZodMiniType, place: string): string {
    const n = (this.#next += 1)
    const songs = [
      ...(this.#voice ? [this.#voice(n)] : []),
      `Kanaria ${n} laulaa`,
      `+35850${String(n).padStart(7, '0')}`,
      `kanaria${n}@example.fi`,
      `01999999-9999-7999-8999-${String(n).padStart(12, '0')}`,
      `kanaria-${n}-laulaa`,
      String(70_000 + n),
      `kanaria${n}`.padEnd(43, 'x'),
      n.toString(16).padStart(64, 'c0ffee'),
      `2026-11-22T08:00:00.${String(n).padStart(3, '0')}Z`,
      '2026-11-22',
      '2026-11'
    ]
    const song = songs.find((one) => schema.safeParse(one).success)
    if (song === undefined) throw new Error(`no canary for ${place}`)
    if (!silent.test(song)) this.places.set(song, place)
    return song
  }
}
