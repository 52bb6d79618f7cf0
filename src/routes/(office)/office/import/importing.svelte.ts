import * as z from 'zod/mini'
import {
  importCheckSchema,
  importMappingsSchema,
  type ImportCounts,
  type ImportIssue,
  type ImportLine
} from '#contract/import.ts'
import { pulseSchema } from '#contract/office.ts'
import { refusalOf, type Desk, type Refusal } from '#lib/customerships/office-desk.svelte.ts'
import { ImportDraft } from '#lib/import/draft.svelte.ts'
import { sendImport } from '#lib/import/import-stream.ts'
import type { Option } from '#lib/import/meaning.ts'
import { mappingOf } from '#lib/import/remembered.ts'
import type { Worded } from '#lib/import/target.ts'

export const importSteps = ['file', 'columns', 'check', 'done'] as const
export type ImportStep = (typeof importSteps)[number]

type ImportProgress = Exclude<ImportLine, { imported: ImportCounts }>

/** One import on its way from files to the register. It lives as long as its page. */
export class Importing {
  draft = $state.raw() as ImportDraft
  isReading = $state(false)
  isChecking = $state(false)
  /** The rows are on their way to the register. */
  isSending = $state(false)
  /** The answer was cut off: what was done is told when it is sent again. */
  isCut = $state(false)
  refusal: Refusal | null = $state.raw(null)
  progress: ImportProgress | null = $state.raw(null)
  imported: ImportCounts | null = $state.raw(null)
  /** What was found here, before the server was asked. */
  #issues: readonly ImportIssue[] = $state.raw([])
  readonly #desk: Pick<Desk, 'ask'>
  /** What the words of a file may mean here. */
  readonly options: (field: Worded) => readonly Option[]

  constructor(desk: Pick<Desk, 'ask'>, options: (field: Worded) => readonly Option[]) {
    this.#desk = desk
    this.options = options
    this.draft = new ImportDraft(options)
    void this.#recallMappings()
  }

  get step(): ImportStep {
    if (this.imported) return 'done'
    if (this.draft.check) return 'check'
    return this.draft.readable.length > 0 ? 'columns' : 'file'
  }

  get errors(): number {
    return (this.draft.check?.errors ?? 0) + this.#issues.length
  }

  get issues(): readonly ImportIssue[] {
    return [...this.#issues, ...(this.draft.check?.issues ?? [])]
  }

  /** Whether leaving the page would lose what was chosen. */
  get isBegun(): boolean {
    return this.imported === null && this.draft.tables.length > 0
  }

  async add(files: readonly File[]): Promise<void> {
    this.isReading = true
    for (const file of files) await this.draft.add(file)
    this.isReading = false
  }

  async check(): Promise<void> {
    this.isChecking = true
    this.refusal = null
    this.isCut = false
    const { request, issues } = this.draft.build()
    if (request.records.length > 0) {
      const answer = await this.#desk.ask(
        'POST',
        '/api/office/import/check',
        request,
        importCheckSchema
      )
      this.refusal = refusalOf(answer)
      this.#issues = issues
      if (answer.ok) {
        this.draft.check = answer.data
        void this.#remember()
      }
    }
    this.isChecking = false
  }

  /** A session that ended in the middle waits for the sign-in and sends the same import again. */
  async send(): Promise<void> {
    this.isSending = true
    this.isCut = false
    this.refusal = null
    await this.#attend()
    let answer = await this.#sendOnce()
    if (!answer.ok && 'problem' in answer && answer.problem.status === 401) {
      await this.#attend()
      answer = await this.#sendOnce()
    }
    if (answer.ok) this.imported = answer.imported
    else if ('away' in answer) this.isCut = true
    else this.refusal = { code: answer.problem.code, wrong: {} }
    this.isSending = false
    this.progress = null
  }

  /** Another import, by what the columns of the last one were. */
  again(): void {
    const { mappings } = this.draft
    this.draft = new ImportDraft(this.options)
    this.draft.mappings = mappings
    this.#issues = []
    this.imported = null
    void this.#recallMappings()
  }

  /** Whoever is not signed in any more is asked to be before the rows leave. */
  async #attend(): Promise<void> {
    await this.#desk.ask('GET', '/api/office/pulse', undefined, pulseSchema)
  }

  #sendOnce(): ReturnType<typeof sendImport> {
    return sendImport(this.draft.build().request, new AbortController().signal, (line) => {
      if ('step' in line) this.progress = line
    })
  }

  async #recallMappings(): Promise<void> {
    const path = '/api/office/import/mappings'
    const answer = await this.#desk.ask('GET', path, undefined, importMappingsSchema)
    if (answer.ok) this.draft.mappings = answer.data.mappings
  }

  async #remember(): Promise<void> {
    for (const { table, targets, file } of this.draft.readable)
      if (table && file.kind !== 'portability')
        await this.#desk.ask(
          'PUT',
          '/api/office/import/mappings',
          mappingOf(table.headings, targets),
          z.undefined()
        )
    await this.#recallMappings()
  }
}
