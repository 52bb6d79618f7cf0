import { dayAt } from '#contract/day.ts'
import { encodeText } from '#contract/encode-text.ts'
import type { ExportProfile } from '#contract/export-profile.ts'
import { exportText } from '#contract/export-text.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'
import { digestOfBytes } from '#server/keys/digest.ts'
import type { Clock } from '#server/clock.ts'
import type { TransferChannel } from './transfer-channel.ts'

const charsets = {
  'utf-8': 'utf-8',
  'utf-8-mark': 'utf-8',
  'windows-1252': 'windows-1252'
} as const

/** A file by an editable profile, which a person takes to the portal. */
export function fileChannel(
  profile: ExportProfile,
  settings: TransferSettings,
  clock: Clock
): TransferChannel {
  return {
    async deliver(events) {
      const { bytes, lost } = encodeText(exportText(events, profile, settings), profile.encoding)
      const fingerprint = Buffer.from(digestOfBytes(bytes), 'base64url').toString('hex')
      // The name tells whose file it is, and nobody's name.
      const name = `${profile.id}-${dayAt(clock.now())}-${fingerprint.slice(0, 8)}.csv`
      const mediaType = `text/csv; charset=${charsets[profile.encoding]}`
      const file = { name, mediaType, bytes, lost }
      return { state: 'exported', file, fingerprint, externalNumbers: new Map() }
    }
  }
}
