/** A tablet and its server, as `record-vault.ts` found them. Bytes are told as `$buffer` or `$bytes`, in base64. */
export interface RecordedVault {
  readonly recordedAt: number
  readonly passphrase: string
  /** What was written and waits: a signed note's, and a draft's. */
  readonly words: readonly [string, string]
  /** The tablet's, and all that its server knew. */
  readonly origin: string
  readonly origins: string
  readonly databases: readonly RecordedDatabase[]
  /** Of the browser's own file system, by name. */
  readonly files: Readonly<Record<string, string>>
  readonly cookies: readonly (readonly [name: string, value: string])[]
  /** Of its three folders, by path. */
  readonly server: Readonly<Record<string, string>>
}

export interface RecordedDatabase {
  readonly name: string
  readonly version: number
  readonly stores: readonly {
    readonly name: string
    /** Where a row has its key; null: beside it. */
    readonly keyPath: string | readonly string[] | null
    readonly indexes: readonly {
      readonly name: string
      readonly keyPath: string | readonly string[]
      readonly unique: boolean
      readonly multiEntry: boolean
    }[]
    readonly keys: readonly unknown[]
    readonly rows: readonly unknown[]
  }[]
}
