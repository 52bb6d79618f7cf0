import { childWelfareField, concernField } from '#contract/alarm.ts'
import { startOf } from '#contract/counted-visit.ts'
import { dayAt, toMilliseconds, type Day, type Moment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { fieldWords } from '#contract/field-words.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { monthOf, type Month } from '#contract/month.ts'
import type { NoteFields } from '#contract/note.ts'
import type { Substance, SubstanceWord, SummaryLanguage } from '#contract/summary.ts'
import { templateOf, type Template } from '#contract/template.ts'
import { dayOnPaper } from '#server/paper/format.ts'
import { maskAddresses } from './addresses.ts'

/** From which fields of the notes each word of a summary begins. */
const sources: Readonly<Record<Exclude<SubstanceWord, 'concerns'>, readonly string[]>> = {
  goals: ['goals'],
  summary: ['observations'],
  clientView: ['client-view'],
  childView: ['child-view'],
  proposal: ['agreed', 'until-next-time']
}

const longest = 20_000

/** A signed note of the month with what completes or corrects it laid over. */
export interface MonthNote {
  readonly id: EntryId
  readonly visit: EntryId
  readonly day: Day
  readonly author: UserId
  readonly fields: NoteFields
  readonly template: Template | undefined
  /** When the server was last told of something that is laid over it. */
  readonly amendedAt: Moment | undefined
}

/** In the order of the visits. A version that stands beside another is nobody's word yet. */
export function notesOfMonth(
  entries: readonly Entry[],
  visits: ReadonlySet<EntryId>,
  month: Month,
  templates: readonly Template[]
): MonthNote[] {
  const days = new Map(
    entriesOf(entries, 'visit').flatMap(({ id, data }) => {
      const start = startOf(data)
      return start === undefined ? [] : [[id, dayAt(toMilliseconds(start))] as const]
    })
  )
  const notes = entriesOf(entries, 'note').filter(({ data }) => data.state === 'signed')
  return notes
    .flatMap(({ id, data }): MonthNote[] => {
      const day = days.get(data.visit)
      const isOwn = visits.has(data.visit) && !data.forkOf && !data.amends && !data.mergedInto
      if (!isOwn || day === undefined || monthOf(day) !== month) return []
      const later = notes
        .filter((note) => note.data.amends === id)
        .sort((a, b) => a.data.writtenAt.localeCompare(b.data.writtenAt))
      const fields = Object.assign(
        {},
        data.fields,
        ...later.map((note) => note.data.fields)
      ) as NoteFields
      return [
        {
          id,
          visit: data.visit,
          day,
          author: data.author,
          fields,
          template: templateOf(templates, data),
          amendedAt: later
            .map(({ at }) => at)
            .sort()
            .at(-1)
        }
      ]
    })
    .sort((one, other) => one.day.localeCompare(other.day))
}

export interface DraftedSubstance {
  readonly substance: Substance
  /** The month has more words than a summary holds, and the last of them are not in it. */
  readonly isCut: boolean
}

/** What a coordinator begins from: the month's own words, each with its day; nothing is made up between them. */
export function draftSubstance(
  notes: readonly MonthNote[],
  language: SummaryLanguage,
  addresses: readonly string[]
): DraftedSubstance {
  const lines = [
    ...Object.entries(sources).map(([word, ids]) => [word, linesOf(notes, ids, language)] as const),
    ['concerns', concernLines(notes, language)] as const
  ]
  const texts = lines
    .filter(([, told]) => told.length > 0)
    .map(([word, told]) => {
      // Masked first: of an address that was cut in two, the half would not be known.
      const masked = told.map((line) => maskAddresses(line, addresses))
      return { word, ...wholeLines(masked) }
    })
  const notified = notes.find(({ fields }) => fields[childWelfareField] === true)
  return {
    substance: {
      ...(Object.fromEntries(texts.map(({ word, text }) => [word, text])) as Omit<
        Substance,
        'notification'
      >),
      notification: notified ? { isMade: true, on: notified.day } : { isMade: false }
    },
    isCut: texts.some(({ isCut }) => isCut)
  }
}

/** As many lines as a summary holds; of a first line that alone is longer, as many words. */
function wholeLines(lines: readonly string[]): { text: string; isCut: boolean } {
  const all = lines.join('\n')
  if (all.length <= longest) return { text: all, isCut: false }
  const end = all.lastIndexOf('\n', longest)
  const text = end > 0 ? all.slice(0, end) : all.slice(0, longest).replace(/\s+\S*$/, '')
  return { text, isCut: true }
}

function linesOf(
  notes: readonly MonthNote[],
  ids: readonly string[],
  language: SummaryLanguage
): string[] {
  return notes.flatMap((note) =>
    ids.flatMap((id) =>
      wordsOf(note, id, language).map((words) => `${dayOnPaper(note.day)}: ${words}`)
    )
  )
}

function wordsOf({ fields, template }: MonthNote, id: string, language: SummaryLanguage): string[] {
  const value = fields[id]
  if (value === undefined || typeof value === 'boolean') return []
  const field = template?.fields.find((one) => one.id === id)
  return fieldWords(field, value, (title) => title[language]).map((words) => words.trim())
}

/** The tick, and the assessment that was written beside it. */
function concernLines(notes: readonly MonthNote[], language: SummaryLanguage): string[] {
  const concerned = notes.filter(({ fields }) => fields[concernField] === true)
  return concerned.map((note) => {
    const title = note.template?.fields.find(({ id }) => id === concernField)?.title[language]
    const words = wordsOf(note, 'assessment', language).join(' ')
    return `${dayOnPaper(note.day)}: ${[title, words].filter(Boolean).join('. ')}`
  })
}
