import type { Paper, Scan } from './paper.ts'

/** What crosses to the thread that draws, and back: in memory only. */
export type Wish =
  { readonly is: 'paper'; readonly paper: Paper } | { readonly is: 'scan'; readonly scan: Scan }

/** No word of what went wrong: it could quote what was to be drawn. */
export type Drawn = { readonly bytes: Uint8Array } | { readonly failed: true }
