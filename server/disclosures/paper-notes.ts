import { toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import type { FieldValue, Note } from '#contract/note.ts'
import type { Template, TemplateField } from '#contract/template.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import { visitMoment } from './paper-work.ts'
import type { PackageSource } from './package-source.ts'
import type { PackageWords } from './package-words.ts'

/** Each note as its template's version titles it; what stands beside a note follows it. */
export function noteBlocks(source: PackageSource, words: PackageWords): Block[] {
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
        text: note.data.forkOf ? words.say('package.note.beside', { title }) : title,
        under: written(note.data, template, words)
      },
      ...fieldBlocks(note.data, template, words)
    ]
  })
}

function inReadingOrder(
  notes: readonly Entry<'note'>[],
  momentOf: (note: Entry<'note'>) => Parameters<typeof toMilliseconds>[0] | undefined
): Entry<'note'>[] {
  const time = (note: Entry<'note'>) => toMilliseconds(momentOf(note) ?? note.data.writtenAt)
  const byId = new Map<EntryId, Entry<'note'>>(notes.map((note) => [note.id, note]))
  const firsts = notes.filter(({ data }) => !data.forkOf || !byId.has(data.forkOf))
  const beside = Map.groupBy(notes, ({ data }) => data.forkOf)
  const seen = new Set<EntryId>()
  const withBeside = (note: Entry<'note'>): Entry<'note'>[] => {
    if (seen.has(note.id)) return []
    seen.add(note.id)
    const others = (beside.get(note.id) ?? []).toSorted((a, b) =>
      a.data.writtenAt < b.data.writtenAt ? -1 : 1
    )
    return [note, ...others.flatMap(withBeside)]
  }
  return firsts
    .toSorted((a, b) => time(a) - time(b) || (a.data.writtenAt < b.data.writtenAt ? -1 : 1))
    .flatMap(withBeside)
}

function templateOf(templates: readonly Template[], note: Note): Template | undefined {
  return (
    templates.find(({ id, version }) => id === note.template && version === note.templateVersion) ??
    templates.find(({ id }) => id === note.template)
  )
}

function written(note: Note, template: Template | undefined, words: PackageWords): string {
  const { author, writtenAt, signedAt, templateVersion } = note
  return words.say('package.note.by', {
    name: words.name(author),
    when: words.when(writtenAt),
    state: words.say(`note-state.${note.state}`, { when: words.when(signedAt ?? writtenAt) }),
    template: template ? words.title(template.title) : note.template,
    version: templateVersion
  })
}

/** What is longer wants the whole width. */
const shortCharacters = 60

/** In the template's order; a field that the template no longer knows is told by its own name. */
function fieldBlocks(note: Note, template: Template | undefined, words: PackageWords): Block[] {
  const known = template?.fields ?? []
  const others = Object.keys(note.fields).filter((id) => known.every((field) => field.id !== id))
  const texts = [
    ...known.map((field) => ({
      title: words.title(field.title),
      text: textOf(note.fields[field.id], field, words)
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

function textOf(
  value: FieldValue | undefined,
  field: TemplateField | undefined,
  words: PackageWords
): string {
  const optionTitle = (id: string) => {
    const option = field?.options?.find((one) => one.id === id)
    return option ? words.title(option.title) : id
  }
  if (value === undefined) return ''
  if (typeof value === 'boolean') return words.yesOrNo(value)
  if (Array.isArray(value)) return value.map(optionTitle).join(', ')
  return field?.form === 'choice' ? optionTitle(value) : value
}
