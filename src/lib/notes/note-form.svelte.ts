import { alarmingFields } from '#contract/alarm.ts'
import { maskIdentityCodes } from '#contract/identity-code.ts'
import type { EntryId } from '#contract/id.ts'
import {
  missingFields,
  type FieldValue,
  type NoteFields,
  type NoteWriting
} from '#contract/note.ts'
import type { Template } from '#contract/template.ts'

/** `saved` is said only after the outbox holds the words; `failed` keeps them on the screen. */
export type SaveState = 'untouched' | 'saving' | 'saved' | 'failed'

/** Resolves when the operation is durable on this device. */
export type SubmitNote = (op: 'note.draft' | 'note.sign', body: NoteWriting) => Promise<unknown>

/** One shot that can be called off; a test turns it by hand. */
export type Later = (milliseconds: number, run: () => void) => () => void

/** SECURITY 9: what is typed is sealed at most 500 ms after the last keystroke. */
const pauseMilliseconds = 400
/** Somebody who never pauses is saved all the same. */
const longestMilliseconds = 4000

export const laterByTimer: Later = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * A visit note while it is being written: it saves itself at every pause, one save at a time and
 * the newest words last, and it never forgets a word that could not be saved.
 */
export class NoteForm {
  readonly template: Template
  readonly note: EntryId
  readonly visit: EntryId
  fields: NoteFields = $state.raw({})
  saveState: SaveState = $state('untouched')
  signed = $state(false)
  signing = $state(false)
  /** The fields in which a personal identity code was just masked. */
  masked: readonly string[] = $state.raw([])
  /** Mandatory fields that were empty when signing was tried. */
  missing: readonly string[] = $state.raw([])

  readonly #submit: SubmitNote
  readonly #later: Later
  #callOffPause: (() => void) | null = null
  #callOffLongest: (() => void) | null = null
  /** What was written here; the rest of the note may go on elsewhere. */
  readonly #own = new Set<string>()
  /** How many times something was written, and how many of them the device holds. */
  #written = 0
  #kept = 0
  #saving: Promise<boolean> | null = null

  constructor(o: {
    template: Template
    note: EntryId
    visit: EntryId
    fields: NoteFields
    submit: SubmitNote
    later?: Later
    /** The fields come from another note: nothing of this one is saved yet. */
    fresh?: boolean
  }) {
    this.template = o.template
    this.note = o.note
    this.visit = o.visit
    this.fields = o.fields
    if (Object.keys(o.fields).length > 0 && !o.fresh) this.saveState = 'saved'
    this.#submit = o.submit
    this.#later = o.later ?? laterByTimer
  }

  /** Words wait for a pause; a tick is a decision and is saved at once. */
  write(field: string, value: FieldValue): void {
    if (this.signed || this.signing) return
    this.fields = { ...this.fields, [field]: this.#withoutCodes(field, value) }
    this.#own.add(field)
    this.missing = this.missing.filter((id) => id !== field)
    this.#written += 1
    this.saveState = 'saving'
    this.#callOffPause?.()
    if (typeof value === 'string') {
      this.#callOffPause = this.#later(pauseMilliseconds, () => void this.flush())
      this.#callOffLongest ??= this.#later(longestMilliseconds, () => void this.flush())
    } else {
      void this.flush()
    }
  }

  /** Another tab writes the same note: its words are taken in wherever nothing was written here. */
  follow(fields: NoteFields): void {
    if (this.signed || this.signing) return
    const own = Object.entries(this.fields).filter(([field]) => this.#own.has(field))
    this.fields = { ...fields, ...Object.fromEntries(own) }
  }

  /** Saves what is typed so far; resolves when nothing typed is unsaved, or saving has failed. */
  async flush(): Promise<void> {
    this.#callOffTimers()
    while (this.#saving) await this.#saving
    if (this.#written !== this.#kept && !this.signed) await this.#save('note.draft')
  }

  /** Saves, and fails when a word was left unsaved. */
  async keep(): Promise<void> {
    await this.flush()
    if (this.#written !== this.#kept && !this.signed) throw new Error('words are not saved')
  }

  /** Names what is mandatory and still empty; false when there is any. */
  check(): boolean {
    this.missing = missingFields(this.template, this.fields)
    return this.missing.length === 0
  }

  /** Signs what the screen shows, unless something mandatory is empty: then it names that. */
  async sign(): Promise<'signed' | 'incomplete' | 'failed'> {
    if (this.signed) return 'signed'
    if (!this.check()) return 'incomplete'
    this.#callOffTimers()
    this.signing = true
    while (this.#saving) await this.#saving
    this.signed = await this.#save('note.sign')
    this.signing = false
    return this.signed ? 'signed' : 'failed'
  }

  /** Whether the words include a concern that wants a call now. */
  get concern(): boolean {
    return alarmingFields(this.template, this.fields).length > 0
  }

  /** One at a time, so that the newest words are also the last ones. */
  async #save(op: 'note.draft' | 'note.sign'): Promise<boolean> {
    const saving = this.#write(op)
    this.#saving = saving
    const saved = await saving
    this.#saving = null
    return saved
  }

  async #write(op: 'note.draft' | 'note.sign'): Promise<boolean> {
    const written = this.#written
    this.saveState = 'saving'
    try {
      await this.#submit(op, {
        note: this.note,
        visit: this.visit,
        template: this.template.id,
        templateVersion: this.template.version,
        fields: this.fields
      })
      this.#kept = written
      if (this.#written === written) this.saveState = 'saved'
      return true
    } catch {
      this.saveState = 'failed'
      return false
    }
  }

  #withoutCodes(field: string, value: FieldValue): FieldValue {
    if (typeof value !== 'string') return value
    const { text, found } = maskIdentityCodes(value)
    if (found && !this.masked.includes(field)) this.masked = [...this.masked, field]
    return text
  }

  #callOffTimers(): void {
    this.#callOffPause?.()
    this.#callOffLongest?.()
    this.#callOffPause = null
    this.#callOffLongest = null
  }
}
