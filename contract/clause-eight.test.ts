import { expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { clauseEight, fieldsUnder, phrases, storedFields } from './clause-eight.ts'
import { entryDataSchemas } from './entry.ts'
import { storedKinds } from './entry-kind.ts'
import { noticeFi } from './notice-words-fi.ts'
import { officeDataSchemas } from './office-entry.ts'
import { profileFields } from './profile.ts'

interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>
  readonly innerType?: z.ZodMiniType
  readonly element?: z.ZodMiniType
}

/** Every place of a schema where a value is stored, by walking the schema itself. */
function placesOf(schema: z.ZodMiniType, at: string): string[] {
  const definition = schema._zod.def as unknown as Definition
  if (definition.type === 'object')
    return Object.entries(definition.shape ?? {}).flatMap(([field, inside]) =>
      placesOf(inside, `${at}.${field}`)
    )
  if (definition.innerType) return placesOf(definition.innerType, at)
  if (definition.type === 'array' && definition.element) return placesOf(definition.element, at)
  return [at]
}

const schemas = { ...entryDataSchemas, ...officeDataSchemas }
const stored = storedKinds.flatMap((kind) => placesOf(schemas[kind], kind))

const named = [...phrases, 'papers' as const, 'beyond' as const].flatMap((clause) =>
  fieldsUnder(clause)
)

test('§8 what the schemas store and what the table names are one and the same', () => {
  expect(stored.length).toBeGreaterThan(100)
  expect(storedFields.map(({ place }) => place).sort()).toEqual(stored.toSorted())
})

test('§8 every field that is more than a mark has its line on the notice page, and the page has no other', () => {
  const lines = Object.keys(noticeFi)
    .filter((key) => key.startsWith('field.'))
    .map((key) => key.slice('field.'.length))
  expect(named.toSorted()).toEqual(lines.toSorted())
  expect(new Set(named).size).toBe(named.length)
})

test('§8 free text is never only a mark', () => {
  const words = ['note', 'reason', 'word', 'title', 'value', 'fields', 'goals', 'name']
  const marked = storedFields.filter(
    ({ place, clause }) => clause === 'mark' && words.includes(place.split('.').at(-1) ?? '')
  )
  expect(marked).toEqual([])
})

test('§8 each phrase of the clause holds something, and each profile field is a part of the table', () => {
  for (const phrase of phrases) expect(fieldsUnder(phrase), phrase).not.toEqual([])
  expect(Object.keys(clauseEight.profile)).toEqual(profileFields)
})
