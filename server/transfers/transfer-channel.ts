import type { EntryId } from '#contract/id.ts'
import type { ExportLine } from '#contract/export-text.ts'
import type { ServiceEventState } from '#contract/service-event.ts'

/** What the receiver is given to keep, when the way is a file. */
export interface ChannelFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Characters that could not be written. */
  readonly lost: number
}

export interface Delivered {
  /** Where the events stand then: a file still has to be taken in, an interface has taken them. */
  readonly state: Extract<ServiceEventState, 'exported' | 'recorded'>
  readonly file: ChannelFile | null
  /** SHA-256, hex, of what left. */
  readonly fingerprint: string
  /** The receiver's own numbers, by visit, where it gave any. */
  readonly externalNumbers: ReadonlyMap<EntryId, string>
}

/**
 * The one way in which many events leave at once. Today a file is all there is: neither PSOP nor Palse is
 * connected. A vendor's interface becomes another of these, and nothing else changes.
 */
export interface TransferChannel {
  deliver(events: readonly ExportLine[]): Promise<Delivered>
}
