/** A sentence, and the options that are ticked where it is true. */
type Deed = readonly [sentence: string, ...ticks: string[]]

/**
 * What a worker might write of one product. `{lapsi}` is a child's name, `{vanhempi}` mother or
 * father as the subject, `{vanhemman}` the same in the genitive, `{alku}` and `{loppu}` the times.
 */
export interface Wording {
  /** The product's field of ticks. */
  readonly tickField: string
  readonly done: readonly Deed[]
  readonly observations: readonly string[]
  readonly choices?: Readonly<Record<string, readonly string[]>>
  readonly flags?: readonly string[]
  /** The product's own fields of text, and the common ones where the usual words do not fit. */
  readonly texts: Readonly<Record<string, readonly string[]>>
}
