import type { Entry } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import { whenDrawn } from '#lib/device/drawn.ts'
import { newEntryId } from '#lib/device/new-id.ts'
import { NoteForm } from '#lib/notes/note-form.svelte.ts'
import { SharedNote, type NotePart } from '#lib/notes/shared-note.svelte.ts'
import { notesOf, templateFor } from '#lib/notes/visit-notes.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'
import type { OpenSibling } from './together.svelte.ts'

/** A visit in its customership. */
type Place = Pick<OpenSibling, 'held' | 'visit'>

/**
 * The forms in which the notes of the screen are written, one for each customership. A form outlives
 * every pull: what arrives meanwhile never takes a word from under the writer.
 */
export class VisitWriting {
  readonly note = new SharedNote()
  readonly #replica: Pick<Replica, 'submit' | 'user'>
  readonly #organisation: () => OrganisationOnTablet
  /** Who leaves and comes again goes on with the same words. */
  readonly #made = new Map<CustomershipId, NotePart>()

  constructor(replica: Pick<Replica, 'submit' | 'user'>, organisation: () => OrganisationOnTablet) {
    this.#replica = replica
    this.#organisation = organisation
  }

  /** What is held now of one of them. */
  take({ held, visit }: Place): void {
    const { own } = notesOf(held.entries, visit.id, this.#replica.user)
    if (own?.data.state === 'signed') return this.note.leave(held.id)
    const known = this.#made.get(held.id)
    // What is signed here is signed, though what is held may not tell of it yet.
    if (known?.form.signed) return
    // What was begun on another tablet arrives: a form in which nothing is written gives way to it.
    const givesWay = own && known?.form.saveState === 'untouched' && own.id !== known.form.note
    const part = known && !givesWay ? known : this.#newPart(held.id, visit, own)
    if (!part) return
    this.#made.set(held.id, part)
    this.note.join(part)
    // A note of another writing, begun in another tab before this one, is not this form's to follow.
    if (own?.id === part.form.note) part.form.follow(own.data.fields)
  }

  /** Beside a note that is signed nobody else's is begun: theirs are written in their own visits. */
  takeSiblings(own: CustomershipId, siblings: readonly OpenSibling[]): void {
    for (const one of siblings)
      if (this.note.partOf(own) ?? this.note.partOf(one.held.id)) this.take(one)
  }

  /** Everybody who is there; whoever is not any more leaves with every word kept. */
  keepTo(present: SharedNote['present']): void {
    this.note.present = present
    for (const { customership } of this.note.parts)
      if (!present.some((one) => one.customership === customership)) this.note.leave(customership)
  }

  #newPart(
    customership: CustomershipId,
    visit: Entry<'visit'>,
    own: Entry<'note'> | null
  ): NotePart | null {
    const template = templateFor(this.#organisation(), visit.data.product, own)
    if (!template) return null
    // What the server had when the writing began; a draft of this device's own has no revision yet.
    const based = own && own.revision > 0 ? own.revision : null
    const form = new NoteForm({
      template,
      note: own?.id ?? newEntryId(),
      visit: visit.id,
      fields: own?.data.fields ?? {},
      submit: async (op, body) => {
        await whenDrawn()
        return this.#replica.submit({ op, customership, based, body })
      }
    })
    return { customership, form }
  }
}
