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
  /** The giver's own picture, PNG or JPEG, at the head of the first page; it says who gives it. */
  readonly emblem?: Uint8Array
  readonly blocks: readonly Block[]
}

export type Block =
  Heading | Paragraph | Passage | Facts | Table | List | Bars | Warning | { readonly is: 'page' }

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

/** Amounts of one thing, drawn to one scale below each other; told by their looks on a poor copy too. */
export interface Bars {
  readonly is: 'bars'
  /** For who does not see them: what they show, numbers included. */
  readonly alt: string
  readonly bars: readonly Bar[]
}

export interface Bar {
  readonly title: string
  readonly value: number
  /** Its value, and what is to be said of it, as it stands at its end. */
  readonly said: string
  /** A frame that is there to be filled, or what fills it. */
  readonly look: 'frame' | 'filled'
  /** What of it lies beyond this is hatched. */
  readonly limit?: number
}

/** A band that nobody turns over without seeing it. */
export interface Warning {
  readonly is: 'warning'
  readonly title: string
  readonly text: string
}

export const withEmblem = (paper: Paper, emblem: { readonly bytes: Uint8Array } | null): Paper =>
  emblem ? { ...paper, emblem: emblem.bytes } : paper

/** Scanned pages bound to one PDF: each picture fills a page of its own shape. */
export interface Scan {
  readonly title: string
  readonly language: Language
  readonly madeAt: number
  readonly pictures: readonly { readonly bytes: Uint8Array; readonly title: string }[]
}
