/**
 * What a worker might write of one product. `{lapsi}` is a child's name, `{vanhempi}` mother or
 * father as the subject, `{vanhemman}` the same in the genitive.
 */
export interface Wording {
  /** Which options are likely, for each field of ticks or of a choice. */
  readonly ticks: Readonly<Record<string, readonly string[]>>
  readonly choices?: Readonly<Record<string, readonly string[]>>
  readonly flags?: readonly string[]
  readonly done: readonly string[]
  readonly observations: readonly string[]
  /** The product's own fields of text. */
  readonly texts?: Readonly<Record<string, readonly string[]>>
}
