import { rescueFileBytes, rescueFormat } from '#contract/rescue-format.ts'
import { takeOutbox, type Outbox } from './stored.ts'

/** Well below what the office takes at once. */
const fileBytes = rescueFileBytes * 0.8

interface Piece {
  readonly device: string
  readonly outbox: { readonly last: number; readonly waiting: readonly number[] }
  readonly envelopes: unknown[]
}

/** The texts of as many files as it takes: envelopes as they lie there, and nothing that can be read. */
export function rescueFiles(outboxes: readonly Outbox[], limitBytes = fileBytes): string[] {
  const files: Piece[][] = [[]]
  let bytes = 0
  for (const { device, last, waiting } of outboxes) {
    const outbox = { last, waiting: waiting.map(({ seq }) => seq).sort((a, b) => a - b) }
    let piece: Piece | null = null
    for (const { envelope } of waiting) {
      const size = JSON.stringify(envelope).length + 1
      if (bytes > 0 && bytes + size > limitBytes) {
        files.push([])
        piece = null
        bytes = 0
      }
      if (!piece) {
        piece = { device, outbox, envelopes: [] }
        files.at(-1)?.push(piece)
      }
      piece.envelopes.push(envelope)
      bytes += size
    }
  }
  return files
    .filter((devices) => devices.length > 0)
    .map((devices) => JSON.stringify({ format: rescueFormat, devices }))
}

export async function saveFiles(devices: readonly string[]): Promise<void> {
  const outboxes: Outbox[] = []
  for (const device of devices) outboxes.push(await takeOutbox(device))
  for (const [index, text] of rescueFiles(outboxes).entries()) {
    const link = document.createElement('a')
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    link.href = address
    link.download = `kotikaynti-pelastus${index === 0 ? '' : `-${index + 1}`}.json`
    link.click()
    // The browser reads it after the click; freed at once, the file could come out empty.
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }
}
