import type { Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import {
  noteWrittenSchema,
  type NoteAtOffice,
  type NoteWriting,
  type NoteWritten
} from '#contract/note.ts'
import type { Template } from '#contract/template.ts'
import { refusalOf, type Desk, type Refusal } from '#lib/customerships/office-desk.svelte.ts'
import { newEntryId } from '#lib/device/new-id.ts'
import { laterByTimer, NoteForm } from '#lib/notes/note-form.svelte.ts'
import { SharedNote } from '#lib/notes/shared-note.svelte.ts'

/** A desk has a network, and each save is a request: its pause is longer than a tablet's. */
const slower = 2.5

/** What every save of a note needs of the line to the server. */
export type AskingDesk = Pick<Desk, 'ask'>

/**
 * A note while a main user writes it for its worker. It saves itself at every pause, based on what was seen:
 * has somebody else written meanwhile, the server lays these words beside theirs, and the writing goes on
 * there until a person makes one text of both.
 */
export class OfficeWriting {
  readonly form: NoteForm
  /** The same, as the tablet's own components show it: a note of one customership. */
  readonly note: SharedNote
  refusal: Refusal | null = $state.raw(null)
  readonly #desk: AskingDesk
  readonly #path: string
  #id: EntryId
  #based: number | null
  /** What was sent and not answered: it is sent again before anything newer, as the same request. */
  #unanswered: NoteAtOffice | null = null

  constructor(
    desk: AskingDesk,
    path: string,
    o: {
      customership: CustomershipId
      template: Template
      visit: EntryId
      own: Entry<'note'> | null
    }
  ) {
    this.#desk = desk
    this.#path = path
    this.#id = o.own?.id ?? newEntryId()
    this.#based = o.own?.revision ?? null
    this.form = new NoteForm({
      template: o.template,
      note: this.#id,
      visit: o.visit,
      fields: o.own?.data.fields ?? {},
      submit: (op, body) => this.#submit(op, body),
      later: (milliseconds, run) => laterByTimer(milliseconds * slower, run)
    })
    this.note = new SharedNote({ customership: o.customership, form: this.form })
  }

  get isUnsaved(): boolean {
    return this.form.saveState === 'saving' || this.form.saveState === 'failed'
  }

  /** Whether this is newer than what the writing goes on from: whoever has nothing unsaved goes on from it. */
  isBehind(own: Entry<'note'> | null): boolean {
    return own !== null && own.revision > (this.#based ?? 0)
  }

  async #submit(
    op: 'note.draft' | 'note.sign',
    { template, templateVersion, fields }: NoteWriting
  ) {
    // A signature of which nobody heard is none: its words are sent again as what they are to their writer.
    if (this.#unanswered) await this.#send({ ...this.#unanswered, state: 'draft' })
    const state = op === 'note.sign' ? 'signed' : 'draft'
    const laid = await this.#send({
      ...{ note: this.#id, based: this.#based, beside: newEntryId() },
      ...{ template, templateVersion, fields, state }
    })
    if (laid.state !== state) throw new Error('words beside another version are no signature')
  }

  async #send(request: NoteAtOffice): Promise<NoteWritten> {
    this.#unanswered = request
    const answer = await this.#desk.ask('PUT', this.#path, request, noteWrittenSchema)
    this.refusal = refusalOf(answer)
    const isAnswered = answer.ok || ('problem' in answer && answer.problem.status < 500)
    if (isAnswered) this.#unanswered = null
    if (!answer.ok) throw new Error('the words were not taken')
    this.#id = answer.data.note
    this.#based = answer.data.revision
    return answer.data
  }
}
