import {
  customershipListSchema,
  customershipSortSchema,
  type CustomershipList,
  type CustomershipSearch,
  type CustomershipSort,
  type CustomershipState
} from '#contract/customership.ts'
import type { UserId } from '#contract/id.ts'
import type { Desk } from './office-desk.svelte.ts'
import { Reading } from './office-reading.svelte.ts'

export const rowsOnPage = 50

/** What narrows the table. An empty choice narrows nothing. */
export interface Narrowing {
  readonly state: CustomershipState | 'every'
  readonly organiser: string
  readonly product: string
  readonly worker: string
}

const everything: Narrowing = { state: 'every', organiser: '', product: '', worker: '' }

/**
 * What the client table shows and by what. It lives as long as the page: names and choices stand in
 * no address and outlive no sign-out.
 */
export class ClientTable {
  typed = $state('')
  narrowing: Narrowing = $state.raw(everything)
  sort: { readonly key: CustomershipSort; readonly descending: boolean } = $state.raw({
    key: 'name',
    descending: false
  })
  offset = $state(0)
  readonly reading: Reading<CustomershipList>

  constructor(desk: Pick<Desk, 'ask'>) {
    this.reading = new Reading(() =>
      desk.ask('POST', '/api/office/customerships/search', this.asked, customershipListSchema)
    )
  }

  get asked(): CustomershipSearch {
    const { state, organiser, product, worker } = this.narrowing
    return {
      query: this.typed.slice(0, 100),
      ...(state === 'every' ? {} : { state }),
      ...(organiser ? { organiser } : {}),
      ...(product ? { product } : {}),
      ...(worker ? { worker: worker as UserId } : {}),
      sort: this.sort.key,
      descending: this.sort.descending,
      offset: this.offset,
      limit: rowsOnPage
    }
  }

  get isNarrowed(): boolean {
    return this.typed.trim() !== '' || Object.entries(this.narrowing).some(isChosen)
  }

  type(words: string): void {
    this.typed = words
    this.offset = 0
  }

  narrow(change: Partial<Narrowing>): void {
    this.narrowing = { ...this.narrowing, ...change }
    this.offset = 0
  }

  showAll(): void {
    this.type('')
    this.narrow(everything)
  }

  /** The same heading again turns the order. */
  sortBy(key: string): void {
    const asked = customershipSortSchema.safeParse(key)
    if (!asked.success) return
    const descending = this.sort.key === asked.data && !this.sort.descending
    this.sort = { key: asked.data, descending }
    this.offset = 0
  }

  /** To the page before or after; false when there is none. */
  turn(pages: 1 | -1): boolean {
    const offset = this.offset + pages * rowsOnPage
    if (offset < 0 || offset >= (this.reading.value?.total ?? 0)) return false
    this.offset = offset
    return true
  }

  /** What a deletion elsewhere left behind the last row is the page before it. */
  async load(): Promise<void> {
    await this.reading.load()
    const { value } = this.reading
    if (value && value.customerships.length === 0 && value.total > 0 && this.offset > 0)
      this.offset = Math.floor((value.total - 1) / rowsOnPage) * rowsOnPage
  }
}

const isChosen = ([name, value]: [string, string]): boolean =>
  value !== everything[name as keyof Narrowing]
