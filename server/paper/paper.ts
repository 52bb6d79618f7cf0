import type { Language } from '#contract/text.ts'

/**
 * A paper, said before it is drawn: A4, tagged for screen readers, with its own letters in it and
 * nothing that is fetched. `title` and `mark` stand in its running head and in what a reader lists,
 * so they name no client.
 */
export interface Paper {
  readonly title: string
  readonly language: Language
  /** Who gives it: above every page. */
  readonly from: string
  /** Its number, say: below every page. */
  readonly mark: string
  /** Milliseconds since 1970. */
  readonly madeAt: number
  /** Without it nobody opens it: AES-256 (ISO 32000-1 with Adobe's extension level 3). */
  readonly password?: string
  readonly blocks: readonly Block[]
}

export type Block =
  Heading | Paragraph | Passage | Facts | Table | List | Warning | { readonly is: 'page' }

export interface Heading {
  readonly is: 'heading'
  readonly level: 1 | 2 | 3
  readonly text: string
  /** Beside or below it, in small. */
  readonly under?: string
}

export interface Paragraph {
  readonly is: 'paragraph'
  readonly text: string
  readonly tone?: 'plain' | 'quiet'
}

/** A titled text, however long: one field of a note. */
export interface Passage {
  readonly is: 'passage'
  readonly title: string
  readonly text: string
}

export interface Fact {
  readonly title: string
  readonly value: string
  /** Where it comes from, who wrote it and when. */
  readonly remark?: string
}

export interface Facts {
  readonly is: 'facts'
  readonly facts: readonly Fact[]
}

/** `share`: how wide, against the others. A number stands to the right. */
export interface Column {
  readonly title: string
  readonly share: number
  readonly isNumber?: boolean
}

/** Its head is repeated on every page that it goes on to. */
export interface Table {
  readonly is: 'table'
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

export interface List {
  readonly is: 'list'
  readonly items: readonly string[]
}

/** A band that nobody turns over without seeing it. */
export interface Warning {
  readonly is: 'warning'
  readonly title: string
  readonly text: string
}

/** Scanned pages bound to one PDF: each picture fills a page of its own shape. */
export interface Scan {
  readonly title: string
  readonly language: Language
  readonly madeAt: number
  readonly pictures: readonly { readonly bytes: Uint8Array; readonly title: string }[]
}
