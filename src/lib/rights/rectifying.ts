export interface RectifiableGroup {
  /** Whose they are, where there is more than one. */
  readonly name?: string
  readonly rows: readonly RectifiableRow[]
}

interface RectifiableRow {
  readonly key: string
  readonly title: string
  readonly shown: string
  rectify(): void
}
