import { toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { fieldWords, isInRows } from '#contract/field-words.ts'
import type { EntryId } from '#contract/id.ts'
import type { FieldValue, Note } from '#contract/note.ts'
import { dayOfVisit, unpermittedFields } from '#contract/permit.ts'
import { templateOf, type Template, type TemplateField } from '#contract/template.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import { visitMoment } from './paper-work.ts'
import type { PackageSource } from './package-source.ts'
import type { PackageWords } from './package-words.ts'

type NoteSource = Pick<PackageSource, 'entries' | 'organisation'>

/** Each note as its template's version titles it; what amends it or stands beside it follows it. */
export function noteBlocks(source: NoteSource, words: PackageWords): Block[] {
  const visits = new Map(entriesOf(source.entries, 'visit').map((visit) => [visit.id, visit.data]))
  const momentOf = ({ data }: Entry<'note'>) => {
    const visit = visits.get(data.visit)
    return visit && visitMoment(visit)
  }
  return inReadingOrder(entriesOf(source.entries, 'note'), momentOf).flatMap((note): Block[] => {
    const moment = momentOf(note)
    const title = moment ? words.when(moment) : words.say('package.note.noVisit')
    const template = templateOf(source.organisation.templates, note.data)
    return [
      {
        is: 'heading',
        level: 3,
        text: headingOf(note.data, title, words),
        under: written(note.data, template, words)
      },
      ...reasonBlocks(note.data, words),
      ...fieldBlocks(note.data, template, unpermittedIn(source, note.data, template), words)
    ]
  })
}

/** §12: what no scanned permit of the visit's day covers. */
function unpermittedIn(
  { entries }: NoteSource,
  note: Note,
  template: Template | undefined
): readonly TemplateField[] {
  const visit = entriesOf(entries, 'visit').find(({ id }) => id === note.visit)
  const documents = entriesOf(entries, 'document').map(({ data }) => data)
  return unpermittedFields(note, template, documents, visit && dayOfVisit(visit.data))
}

function headingOf(
  { amends, mergedInto, forkOf }: Note,
  title: string,
  words: PackageWords
): string {
  if (amends) return words.say('package.note.amendment', { title })
  if (mergedInto) return words.say('package.note.merged', { title })
  return forkOf ? words.say('package.note.beside', { title }) : title
}

/** 703/2023: a correction shows who, when and why. */
function reasonBlocks({ reason }: Note, words: PackageWords): Block[] {
  return reason ? [{ is: 'passage', title: words.say('package.note.reason'), text: reason }] : []
}

function inReadingOrder(
  notes: readonly Entry<'note'>[],
  momentOf: (note: Entry<'note'>) => Parameters<typeof toMilliseconds>[0] | undefined
): Entry<'note'>[] {
  const time = (note: Entry<'note'>) => toMilliseconds(momentOf(note) ?? note.data.writtenAt)
  const byId = new Map<EntryId, Entry<'note'>>(notes.map((note) => [note.id, note]))
  const firstOf = ({ data }: Entry<'note'>) => data.amends ?? data.forkOf ?? data.mergedInto
  const isFirst = (note: Entry<'note'>) => {
    const first = firstOf(note)
    return first === undefined || !byId.has(first)
  }
  const beside = Map.groupBy(notes, firstOf)
  const seen = new Set<EntryId>()
  const withBeside = (note: Entry<'note'>): Entry<'note'>[] => {
    if (seen.has(note.id)) return []
    seen.add(note.id)
    const others = (beside.get(note.id) ?? []).toSorted((a, b) =>
      a.data.writtenAt < b.data.writtenAt ? -1 : 1
    )
    return [note, ...others.flatMap(withBeside)]
  }
  const inTime = notes.toSorted(
    (a, b) => time(a) - time(b) || (a.data.writtenAt < b.data.writtenAt ? -1 : 1)
  )
  // Two that name each other have no first: then the one that stands leads what amends it.
  const standing = inTime.filter(({ data }) => !data.amends && !data.mergedInto)
  return [...inTime.filter(isFirst), ...standing, ...inTime].flatMap(withBeside)
}

function written(note: Note, template: Template | undefined, words: PackageWords): string {
  const { writtenAt, templateVersion } = note
  return words.say('package.note.by', {
    name: writersOf(note, words),
    when: words.when(writtenAt),
    state: stateOf(note, words),
    template: template ? words.title(template.title) : note.template,
    version: templateVersion
  })
}

/** Whose note it is, and who typed it for them. */
function writersOf({ author, recordedBy = [] }: Note, words: PackageWords): string {
  const name = words.name(author)
  const recorders = recordedBy.map(({ by }) => words.name(by)).join(', ')
  return recorders === '' ? name : words.say('package.note.recorded', { recorders, name })
}

function stateOf({ state, writtenAt, signedAt, signedBy }: Note, words: PackageWords): string {
  const when = words.when(signedAt ?? writtenAt)
  return state === 'signed' && signedBy
    ? words.say('note-state.signedFor', { when, name: words.name(signedBy) })
    : words.say(`note-state.${state}`, { when })
}

/** What is longer wants the whole width. */
const shortCharacters = 60

/** In the template's order; a field that the template no longer knows is told by its own name. */
function fieldBlocks(
  note: Note,
  template: Template | undefined,
  unpermitted: readonly TemplateField[],
  words: PackageWords
): Block[] {
  const known = template?.fields ?? []
  const others = Object.keys(note.fields).filter((id) => known.every((field) => field.id !== id))
  const texts = [
    ...known.map((field) => ({
      title: unpermitted.includes(field)
        ? words.say('package.note.noPermit', { title: words.title(field.title) })
        : words.title(field.title),
      text: textOf(note.fields[field.id], field, words) || takenBack(note, field.id, words)
    })),
    ...others.map((id) => ({ title: id, text: textOf(note.fields[id], undefined, words) }))
  ]
  const blocks: Block[] = []
  let facts: Fact[] = []
  for (const { title, text } of texts.filter((one) => one.text !== '')) {
    if (text.length <= shortCharacters && !text.includes('\n')) {
      if (facts.length === 0) blocks.push({ is: 'facts', facts })
      facts.push({ title, value: text })
    } else {
      blocks.push({ is: 'passage', title, text })
      facts = []
    }
  }
  return blocks
}

/** An amendment that empties a field says so. */
const takenBack = ({ amends, fields }: Note, id: string, words: PackageWords): string =>
  amends && fields[id] !== undefined ? words.say('package.note.emptied') : ''

function textOf(
  value: FieldValue | undefined,
  field: TemplateField | undefined,
  words: PackageWords
): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return words.yesOrNo(value)
  const said = fieldWords(field, value, (title) => words.title(title))
  return said.join(isInRows(field) ? '\n' : ', ')
}
