import type { Entry } from '#contract/entry.ts'
import type { NoteFields } from '#contract/note.ts'
import type { Template } from '#contract/template.ts'
import { changedFields } from './amendments.ts'
import { differences, mergedFields, undecided, type Side } from './side-by-side.ts'

export interface Compared {
  /** The one that stands: a draft, or a signed note that takes nothing in. */
  readonly own: Entry<'note'>
  readonly other: Entry<'note'>
  readonly template: Template
}

/** Two versions of a note while a person makes one of them, on a tablet or at the office. */
export class Comparison {
  readonly #compared: () => Compared
  choices: Readonly<Record<string, Side>> = $state.raw({})

  constructor(compared: () => Compared) {
    this.#compared = compared
  }

  get compared(): Compared {
    return this.#compared()
  }

  readonly isSigned = $derived.by(() => this.compared.own.data.state === 'signed')
  readonly differing = $derived.by(() => {
    const { own, other, template } = this.compared
    return differences(template, own.data.fields, other.data.fields, { isSigned: this.isSigned })
  })
  /** What still has to be decided. */
  readonly open = $derived.by(() => undecided(this.differing, this.choices))
  /** The one text that the choices make. */
  readonly merged = $derived.by(() => {
    const { own, other } = this.compared
    return mergedFields(own.data.fields, other.data.fields, this.differing, this.choices)
  })
  readonly changed = $derived.by(() => changedFields(this.compared.own.data.fields, this.merged))
  readonly addsToSigned = $derived(this.isSigned && Object.keys(this.changed).length > 0)
  /** What both say alike. */
  readonly alike = $derived.by((): NoteFields => {
    const { fields } = this.compared.own.data
    const differ = new Set(this.differing.map(({ field }) => field.id))
    return Object.fromEntries(Object.entries(fields).filter(([id]) => !differ.has(id)))
  })

  choose(field: string, side: Side): void {
    this.choices = { ...this.choices, [field]: side }
  }
}
