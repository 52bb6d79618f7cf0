import type { Row } from './row.ts'

export interface Serving {
  readonly port: number
  /** Its files. */
  readonly folder: string
  /** Where the engine's page lies, to be answered under `/peer/`. */
  readonly pages: string
}

/** A peer's server, in a process of its own. */
export interface PeerServer {
  /** Entries that somebody else wrote or changed. */
  put(rows: readonly Row[]): Promise<void>
  count(): Promise<number>
}
