import { toMoment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { entryIdSchema, uuidV7, type CustomershipId, type EntryId } from '#contract/id.ts'
import { saveDocument } from '#lib/documents/save-document.ts'
import { notesOf } from '#lib/notes/visit-notes.ts'
import type { HeldCustomership } from '#lib/sync/held.ts'
import type { Submission } from '#lib/sync/submit.ts'
import { sha256OfBytes } from '#lib/vault/digest.ts'
import { jpegEnd, jpegFrame, jpegScan, jpegStart } from '#tests/support/pictures.ts'
import type { Promised } from './promised.ts'
import type { Page } from './tablet.ts'

/** What somebody is known to work with: one family, one visit. */
export interface Case {
  readonly name: string
  readonly id: CustomershipId
  readonly visit: EntryId
  readonly decision: EntryId
}

interface Form {
  readonly note: EntryId
  readonly based: number | null
  text: string
}

export const doneOf = ({ data }: Entry<'note'>): string =>
  typeof data.fields['done'] === 'string' ? data.fields['done'] : ''

/** One worker at one page, who does what the screens let her do, and adds a word to whatever she sees. */
export class Person {
  readonly #page: Page
  readonly #promised: Promised
  readonly #newWord: () => string
  readonly #forms = new Map<EntryId, Form>()

  constructor(page: Page, promised: Promised, newWord: () => string) {
    this.#page = page
    this.#promised = promised
    this.#newWord = newWord
  }

  get #replica() {
    return this.#page.replica
  }

  /** A form takes in what another tab has made of its note, as the screen's does. */
  async #open({ id, visit }: Case): Promise<HeldCustomership | null> {
    const held = (await this.#replica?.open(id)) ?? null
    const form = this.#forms.get(visit)
    const own = held && form && entriesOf(held.entries, 'note').find((one) => one.id === form.note)
    if (own && doneOf(own) !== form.text) this.#forms.delete(visit)
    return held
  }

  async #submit(submission: Submission, words: readonly string[]): Promise<void> {
    const id = await this.#replica?.submit(submission)
    if (!id || this.#page.dead) return
    const { op, customership } = submission
    this.#promised.save({ id, tablet: this.#page.tablet, customership, op, words })
  }

  async type(family: Case, op: 'note.draft' | 'note.sign' = 'note.draft'): Promise<void> {
    const form = this.#forms.get(family.visit) ?? (await this.#begin(family))
    if (!form) return
    const word = this.#newWord()
    form.text += word
    this.#forms.set(family.visit, form)
    await this.#submit(
      {
        ...{ op, customership: family.id, based: form.based },
        body: this.#writing(form.note, family, form.text)
      },
      [word]
    )
    if (op === 'note.sign') this.#forms.delete(family.visit)
  }

  #writing(note: EntryId, { visit }: Case, done: string) {
    const template = { template: 'home-service', templateVersion: 1 }
    return { note, visit, ...template, fields: { tasks: ['meals'], done } }
  }

  async #begin(family: Case): Promise<Form | null> {
    const held = await this.#open(family)
    if (!held) return null
    const { own } = notesOf(held.entries, family.visit, this.#page.user)
    if (own?.data.state === 'signed') return null
    const based = own && own.revision > 0 ? own.revision : null
    return { note: own?.id ?? this.#newId(), based, text: own ? doneOf(own) : '' }
  }

  #newId(): EntryId {
    const random = crypto.getRandomValues(new Uint8Array(10))
    return entryIdSchema.parse(uuidV7(Date.now(), random))
  }

  /** Opens it anew: every word that was saved here, and is nowhere else, must be seen. */
  async look(family: Case): Promise<void> {
    this.#forms.delete(family.visit)
    // What another tab saves while this one reads may be seen, or not yet.
    const saved = [...this.#promised.saved.values()]
    const held = await this.#open(family)
    if (!held) return
    const { tablet } = this.#page
    const isForgotten = this.#promised.isPurged(tablet, family.id)
    const notes = entriesOf(held.entries, 'note').filter(({ data }) => !data.mergedInto)
    if (isForgotten || notes.some(({ data }) => data.state === 'signed')) return
    const texts = notes.map(doneOf)
    const rows = new Map(tablet.outbox.map((row) => [row.id, row]))
    for (const { id, customership, words, op, tablet: own } of saved) {
      if (own !== tablet || customership !== family.id) continue
      // A restored register asks for it again; until it has it, nobody holds it but its envelope.
      if (this.#promised.isLost(id)) continue
      const receipt = rows.get(id)?.receipt
      const isTurnedDown = receipt?.outcome === 'refused' || receipt?.outcome === 'discarded'
      if (!rows.has(id) || isTurnedDown || op === 'note.amend') continue
      for (const word of words)
        if (!texts.some((text) => text.includes(word)))
          throw new Unseen(`${this.#page.name} does not see its own ${word} (${op})`)
    }
  }

  async merge(family: Case): Promise<void> {
    const held = await this.#open(family)
    if (!held) return
    const { own, beside } = notesOf(held.entries, family.visit, this.#page.user)
    const [other] = beside
    if (!own || !other || own.data.state === 'signed') return
    const written = this.#replica?.outbox.filter(({ entry }) => entry === other.id).at(-1)
    const seen = {
      ...(other.revision > 0 ? { forkBased: other.revision } : {}),
      ...(written ? { forkAfter: written.id } : {})
    }
    const fields = { tasks: ['meals'], done: doneOf(own) + doneOf(other) }
    await this.#submit(
      {
        ...{ op: 'note.merge', customership: family.id },
        based: own.revision > 0 ? own.revision : null,
        body: { note: own.id, fork: other.id, fields, ...seen }
      },
      []
    )
    this.#forms.delete(family.visit)
  }

  async amend(family: Case): Promise<void> {
    const held = await this.#open(family)
    const notes = held ? entriesOf(held.entries, 'note') : []
    const signed = notes.find(
      ({ data }) => data.state === 'signed' && !data.amends && data.author === this.#page.user
    )
    if (!signed) return
    const word = this.#newWord()
    const body = { note: this.#newId(), amends: signed.id, reason: 'Jäi', fields: { done: word } }
    await this.#submit({ op: 'note.amend', customership: family.id, based: null, body }, [word])
  }

  async visit(family: Case): Promise<void> {
    if (!(await this.#open(family))) return
    const at = Date.now()
    const body = {
      ...{ visit: family.visit, decision: family.decision, product: 'home-service' },
      startedAt: toMoment(at - 3_600_000),
      ...{ endedAt: toMoment(at), state: 'completed' as const }
    }
    await this.#submit({ op: 'visit.record', customership: family.id, body }, [])
  }

  async suggest(family: Case): Promise<void> {
    if (!(await this.#open(family))) return
    const value = this.#newWord()
    const body = { field: 'needs' as const, value, source: 'client' as const }
    await this.#submit({ op: 'profile.suggest', customership: family.id, based: null, body }, [])
  }

  /** §12: that it was read travels the same way. */
  async read(family: Case): Promise<void> {
    if (!(await this.#open(family))) return
    const event = {
      ...{ customership: family.id, kind: 'open' as const, purpose: 'carrying-out' as const },
      at: toMoment(Date.now())
    }
    const report = { op: 'usage.report' as const, customership: family.id, based: null }
    await this.#submit({ ...report, body: { events: [event] } }, [])
  }

  /** A paper of one page; now and then of two, one of which is too large for one part. */
  async scan(family: Case): Promise<void> {
    const large = this.#newWord().at(-2) === '7'
    const replica = this.#replica
    if (!replica || !(await this.#open(family))) return
    const pages = await Promise.all(
      (large ? [10, 300_000] : [10]).map(async (length) => {
        const bytes = Uint8Array.from(pictureOf(length))
        return { bytes, mediaType: 'image/jpeg' as const, sha256: await sha256OfBytes(bytes) }
      })
    )
    const facts = {
      ...{ type: 'transport-permit' as const, identityCode: 'none' as const },
      original: 'with-worker' as const
    }
    const document = await saveDocument(
      replica,
      { customership: family.id, facts, pages },
      () => undefined
    )
    this.scanned.push(document)
  }
  readonly scanned: EntryId[] = []
}

/** A screen did not show what it had to. */
export class Unseen extends Error {}

const pictureOf = (length: number): Buffer =>
  Buffer.concat([jpegStart, jpegFrame(600, 800), jpegScan('s'.repeat(length)), jpegEnd])
