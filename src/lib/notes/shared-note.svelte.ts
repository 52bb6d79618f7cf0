import { isAlarming } from '#contract/alarm.ts'
import { formOf } from '#contract/field-words.ts'
import type { CustomershipId } from '#contract/id.ts'
import { sameValue, type FieldValue, type NoteFields } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'
import type { NoteForm, SaveState } from './note-form.svelte.ts'
import { findName, otherNames, type FoundName, type PersonNames } from './other-names.ts'

/** The note of one customership, as a part of what is on the screen. */
export interface NotePart {
  readonly customership: CustomershipId
  readonly form: NoteForm
}

/** Somebody who is visited at that time, whether their note is written here or elsewhere. */
export interface Present {
  readonly customership: CustomershipId
  readonly names: PersonNames
}

/** A field on the screen: of all of them, or of one where it is written apart. */
export interface Place {
  readonly field: TemplateField
  readonly part: NotePart | null
}

export interface Naming extends Place {
  readonly found: FoundName
}

type Outcome = 'signed' | 'incomplete' | 'naming' | 'failed'

/**
 * What is written once and kept in each customership as a note of its own: every part is a form that
 * saves itself, and what is said of all of them is true of each. What differs is written apart, so no
 * word of one is ever shown as another's.
 */
export class SharedNote {
  parts: readonly NotePart[] = $state.raw([])
  /** Everybody whose name the others' notes do not hold. */
  present: readonly Present[] = $state.raw([])
  signing = $state(false)
  readonly naming: readonly Naming[] = $derived.by(() => this.#findNames())
  #separated: ReadonlySet<string> = $state.raw(new Set())
  #noNames: ReadonlySet<string> = $state.raw(new Set())
  /** One that left may still be saving. */
  readonly #forms = new Set<NoteForm>()

  constructor(...parts: readonly NotePart[]) {
    for (const part of parts) this.join(part)
  }

  get template(): Template | null {
    return this.parts[0]?.form.template ?? null
  }

  /** Those that are not signed yet. */
  get open(): readonly NotePart[] {
    return this.parts.filter(({ form }) => !form.signed)
  }

  /** Saved is said when every one of them is durable. */
  get saveState(): SaveState {
    const states = this.parts.map(({ form }) => form.saveState)
    return (
      (['failed', 'saving', 'saved'] as const).find((one) => states.includes(one)) ?? 'untouched'
    )
  }

  partOf(customership: CustomershipId): NotePart | undefined {
    return this.parts.find((part) => part.customership === customership)
  }

  /** One of another template is written in its own visit. A form of the same customership takes the place of the other. */
  join(part: NotePart): void {
    const { id, version } = part.form.template
    const others = this.parts.filter(({ customership }) => customership !== part.customership)
    const isAlike = others.every(
      ({ form: { template } }) => template.id === id && template.version === version
    )
    if (!isAlike) return
    const before = this.partOf(part.customership)
    if (before === part) return
    if (before) this.#forms.delete(before.form)
    this.#forms.add(part.form)
    this.parts = before
      ? this.parts.map((one) => (one.customership === part.customership ? part : one))
      : [...this.parts, part]
  }

  leave(customership: CustomershipId): void {
    const part = this.partOf(customership)
    if (!part) return
    this.parts = this.parts.filter((one) => one !== part)
    void part.form.flush()
  }

  /**
   * One field for each: what somebody asked for, what differs, what depends on such a field, and what is
   * of one client only: the goals of a decision, and what a permit allows.
   */
  isApart(field: TemplateField): boolean {
    const [first, ...others] = this.open
    if (!first || others.length === 0) return false
    if (this.#separated.has(field.id) || isPersonal(field)) return true
    const value = first.form.fields[field.id]
    if (others.some(({ form }) => !sameValue(form.fields[field.id], value))) return true
    const flag = this.template?.fields.find(({ id }) => id === field.with)
    return flag !== undefined && this.isApart(flag)
  }

  /** What one who comes along is written as well. Whether there is a concern for them is theirs to tell. */
  fieldsForAll(): NoteFields {
    const [first] = this.open
    const fields = this.template?.fields ?? []
    const isOwn = (field: TemplateField): boolean =>
      isPersonal(field) || isAlarming(field) || this.isApart(field)
    return Object.fromEntries(
      fields.flatMap((field) => {
        const value = first?.form.fields[field.id]
        const flag = fields.find(({ id }) => id === field.with)
        if (value === undefined || isOwn(field) || (flag && isOwn(flag))) return []
        return [[field.id, value]]
      })
    )
  }

  separate(field: TemplateField): void {
    this.#separated = new Set([...this.#separated, field.id])
  }

  /** Into each. */
  write(field: TemplateField, value: FieldValue): void {
    for (const { form } of this.open) form.write(field.id, value)
  }

  /** The writer says that a word is no name here. */
  allow(word: string): void {
    this.#noNames = new Set([...this.#noNames, word.toLocaleLowerCase('fi')])
  }

  /** The mandatory fields that were empty when signing was tried, in the template's order. */
  get missing(): readonly Place[] {
    return this.#places((field, { form }) => form.missing.includes(field.id))
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#forms].map((form) => form.flush()))
  }

  /** Saves all, and fails when a word of any was left unsaved. */
  async keep(): Promise<void> {
    const kept = await Promise.allSettled([...this.#forms].map((form) => form.keep()))
    if (kept.some(({ status }) => status === 'rejected')) throw new Error('words are not saved')
  }

  /** All or, until what stands in the way is seen to, none; what a full disk refused can be signed again. */
  async sign(): Promise<Outcome> {
    const { open } = this
    const complete = open.map(({ form }) => form.check())
    if (complete.includes(false)) return 'incomplete'
    if (this.naming.length > 0) return 'naming'
    this.signing = true
    for (const { form } of open) await form.sign()
    this.signing = false
    return open.every(({ form }) => form.signed) ? 'signed' : 'failed'
  }

  #places(isOne: (field: TemplateField, part: NotePart) => boolean): Place[] {
    return (this.template?.fields ?? []).flatMap((field): Place[] => {
      const found = this.open.filter((part) => isOne(field, part))
      if (found.length === 0) return []
      return this.isApart(field) ? found.map((part) => ({ field, part })) : [{ field, part: null }]
    })
  }

  #findNames(): Naming[] {
    if (this.present.length < 2) return []
    return this.#places((field, part) => this.#nameIn(field, part) !== null).flatMap((place) => {
      const parts = place.part ? [place.part] : this.open
      const found = parts.map((part) => this.#nameIn(place.field, part)).find((one) => one !== null)
      return found ? [{ ...place, found }] : []
    })
  }

  #nameIn(field: TemplateField, { customership, form }: NotePart): FoundName | null {
    const text = form.fields[field.id]
    if (field.form !== 'text' || typeof text !== 'string' || text === '') return null
    const own = this.present.find((one) => one.customership === customership)
    const others = this.present.filter((one) => one !== own).map(({ names }) => names)
    return own ? findName(text, otherNames(own.names, others), this.#noNames) : null
  }
}

const isPersonal = (field: TemplateField): boolean =>
  field.permit !== undefined || formOf(field) === 'goals'
