import { sameValue, type FieldValue, type NoteFields } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'

/** Which of two versions of a field stays. */
export type Side = 'one' | 'other' | 'both'

export interface Difference {
  readonly field: TemplateField
  readonly one: FieldValue | undefined
  readonly other: FieldValue | undefined
  /** Texts one after the other, ticks together; null where both cannot be. */
  readonly both: FieldValue | null
  /** What nobody has to be asked: the version that is not empty. */
  readonly obvious: Side | null
}

/** As long as a text may be on the wire. */
const longestText = 20_000

/** The fields in which two versions differ, in the template's order; what it does not know comes last. */
export function differences(
  template: Template,
  one: NoteFields,
  other: NoteFields,
  o: {
    /** A signed text loses nothing by what a version beside it leaves unsaid. */ isSigned: boolean
  }
): Difference[] {
  return fieldsIn(template, one, other)
    .filter(({ id }) => !sameValue(one[id], other[id]) && !(o.isSigned && other[id] === undefined))
    .map((field) => {
      const [mine, theirs] = [one[field.id], other[field.id]]
      const isObvious = !o.isSigned || isEmpty(mine)
      return {
        field,
        one: mine,
        other: theirs,
        both: isEmpty(mine) || isEmpty(theirs) ? null : joined(mine, theirs, field),
        obvious: isObvious && isEmpty(mine) ? 'other' : isObvious && isEmpty(theirs) ? 'one' : null
      }
    })
}

function fieldsIn(template: Template, one: NoteFields, other: NoteFields): TemplateField[] {
  const known = new Set(template.fields.map(({ id }) => id))
  const strangers = [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((id) => !known.has(id))
    .map((id) => ({
      id,
      title: { fi: id, sv: id, en: id },
      form: 'text' as const,
      mandatory: false
    }))
  return [...template.fields, ...strangers]
}

const isEmpty = (value: FieldValue | undefined): boolean => sameValue(value, undefined)

function joined(
  one: FieldValue | undefined,
  other: FieldValue | undefined,
  { form }: TemplateField
): FieldValue | null {
  if (Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])]
  if (form !== 'text' || typeof one !== 'string' || typeof other !== 'string') return null
  if (one.includes(other.trim())) return one
  if (other.includes(one.trim())) return other
  const text = `${one.trimEnd()}\n\n${other.trimStart()}`
  return text.length <= longestText ? text : null
}

export type Choices = Readonly<Record<string, Side>>

/** The differences that somebody still has to decide. */
export function undecided(differing: readonly Difference[], choices: Choices): Difference[] {
  return differing.filter(({ field, obvious }) => !(choices[field.id] ?? obvious))
}

/** The one text that the choices make of the two. */
export function mergedFields(
  one: NoteFields,
  other: NoteFields,
  differing: readonly Difference[],
  choices: Choices
): NoteFields {
  const chosen = differing.flatMap((difference) => {
    const { field, obvious, both } = difference
    const side = choices[field.id] ?? obvious ?? 'one'
    const value = side === 'both' ? (both ?? difference.one) : difference[side]
    return [[field.id, value] as const]
  })
  const all = { ...other, ...one, ...Object.fromEntries(chosen) }
  return Object.fromEntries(
    Object.entries(all).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]]))
  )
}
