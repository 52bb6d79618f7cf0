import type { ImportCheck, ImportIssue, ImportMapping, ImportRequest } from '#contract/import.ts'
import type { Source } from '#contract/profile.ts'
import { buildRecords, wordsIn, type Choices } from './build-records.ts'
import { guessTargets } from './guess.ts'
import { IdBook } from './id-book.ts'
import { guessMeaning, type Option } from './meaning.ts'
import { openFile, type OpenedFile } from './read-file.ts'
import { recall } from './remembered.ts'
import { UnreadableFile, type FileFault, type Table } from './table.ts'
import { sayable, wordedOf, type Sayable, type Target, type Worded } from './target.ts'
import { looksGarbled, type Encoding } from './text-table.ts'

/** One table that is to be imported, with what its columns are. */
export class TableDraft {
  readonly file: OpenedFile
  encoding = $state.raw<Encoding>('utf-8')
  sheet = $state.raw(0)
  table = $state.raw<Table | null>(null)
  fault = $state.raw<FileFault | null>(null)
  targets = $state<Target[]>([])
  /** Which of the targets nobody has looked at yet. */
  guessed = $state<boolean[]>([])
  isRemembered = $state.raw(false)
  isGarbled = $state.raw(false)
  readonly #mappings: readonly ImportMapping[]

  constructor(file: OpenedFile, mappings: readonly ImportMapping[]) {
    this.file = file
    this.#mappings = mappings
    if (file.kind === 'text') this.encoding = file.encoding
    this.read()
  }

  /** Reads again after another sheet or encoding was chosen. */
  read(): void {
    this.table = null
    this.fault = null
    this.isGarbled = false
    try {
      const { file } = this
      if (file.kind === 'portability') {
        this.table = file.known.table
        this.targets = [...file.known.targets]
        this.guessed = this.targets.map(() => false)
        return
      }
      this.table = file.kind === 'text' ? file.read(this.encoding) : file.book.read(this.sheet)
    } catch (error) {
      this.fault = error instanceof UnreadableFile ? error.fault : 'broken'
      return
    }
    this.isGarbled = this.file.kind === 'text' && looksGarbled(this.table)
    const { headings } = this.table
    const remembered = recall(this.#mappings, headings)
    this.isRemembered = remembered !== null
    this.targets = remembered ?? guessTargets(headings)
    this.guessed = this.targets.map((target) => remembered === null && target !== '')
  }

  setTarget(column: number, target: Target): void {
    // A field is one column: the one that had it before gives it up.
    const former = target === '' ? -1 : this.targets.indexOf(target)
    if (former !== -1) this.targets[former] = ''
    this.targets[column] = target
    this.guessed[column] = false
  }
}

/** A word that the tables use where the register has a list, with its meaning here. */
export interface Word {
  readonly field: Worded
  readonly word: string
  readonly count: number
}

const mostWords = 300

/** All that a person has chosen for one import. It hangs on the page and goes with it. */
export class ImportDraft {
  tables = $state.raw<readonly TableDraft[]>([])
  source = $state<Source>('organiser')
  same = $state<Partial<Record<Sayable, string>>>({})
  chosen = $state<Record<string, string>>({})
  fault = $state.raw<{ name: string; fault: FileFault } | null>(null)
  check = $state.raw<ImportCheck | null>(null)
  mappings = $state.raw<readonly ImportMapping[]>([])
  readonly #options: (field: Worded) => readonly Option[]
  #ids = new IdBook()

  constructor(options: (field: Worded) => readonly Option[]) {
    this.#options = options
    this.same = {
      'decision.controller': 'organiser',
      'decision.per': 'month',
      'contact.relation': 'guardian',
      'assignment.tasks': 'care'
    }
  }

  readonly readable = $derived(this.tables.filter(({ table }) => table !== null))
  readonly targets = $derived(new Set(this.readable.flatMap(({ targets }) => targets)))
  readonly kinds = $derived(
    new Set([...this.targets].map((target) => /^[a-z]+/.exec(target)?.[0] ?? ''))
  )

  /** What no column says, and every row needs. */
  readonly unsaid = $derived(
    sayable.filter((field) => {
      const [kind = '', name = ''] = field.split('.')
      if (kind !== 'decision' && !this.kinds.has(kind)) return false
      return ![...this.targets].some(
        (target) => target.startsWith(kind) && target.endsWith(`.${name}`)
      )
    })
  )

  readonly words = $derived(this.#words())

  async add(file: File): Promise<void> {
    this.fault = null
    try {
      const draft = new TableDraft(await openFile(file), this.mappings)
      this.tables = [...this.tables, draft]
      // GDPR Art. 20: what is in such a file, the client gave.
      if (draft.file.kind === 'portability') this.source = 'client'
      this.changed()
    } catch (error) {
      const fault = error instanceof UnreadableFile ? error.fault : 'broken'
      this.fault = { name: file.name, fault }
    }
  }

  remove(table: TableDraft): void {
    this.tables = this.tables.filter((each) => each !== table)
    this.changed()
  }

  /** Other rows, other ids: what is imported now is another import. */
  changed(): void {
    this.check = null
    this.#ids = new IdBook()
  }

  meaningOf(field: Worded, word: string): string {
    return this.chosen[`${field}\n${word}`] ?? guessMeaning(field, word, this.#options(field)) ?? ''
  }

  isGuess(field: Worded, word: string): boolean {
    return this.chosen[`${field}\n${word}`] === undefined && this.meaningOf(field, word) !== ''
  }

  build(): { request: ImportRequest; issues: ImportIssue[] } {
    const meanings = new Map<Worded, Map<string, string>>()
    for (const { field, word } of this.words) {
      const meaning = this.meaningOf(field, word)
      if (meaning === '') continue
      const known = meanings.get(field) ?? new Map<string, string>()
      meanings.set(field, known.set(word, meaning))
    }
    const choices: Choices = { same: this.same, meanings }
    const tables = this.readable.flatMap(({ table, targets }) =>
      table ? [{ table, targets }] : []
    )
    const { records, issues } = buildRecords(tables, choices, this.#ids)
    return { request: { source: this.source, records }, issues }
  }

  #words(): Word[] {
    const counts = new Map<string, Word>()
    for (const { table, targets } of this.readable)
      targets.forEach((target, column) => {
        const field = wordedOf(target)
        if (!field || !table) return
        for (const { cells } of table.rows)
          for (const word of wordsIn(field, cells[column] ?? '')) {
            const name = `${field}\n${word}`
            const count = (counts.get(name)?.count ?? 0) + 1
            if (count > 1 || counts.size < mostWords) counts.set(name, { field, word, count })
          }
      })
    return [...counts.values()]
  }
}
