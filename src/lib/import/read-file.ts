import { importLimits } from '#contract/import.ts'
import { isPortability, readPortability, type KnownTable } from './portability-table.ts'
import { UnreadableFile, type Table } from './table.ts'
import { encodingOf, readTextTable, type Encoding } from './text-table.ts'
import { readWorkbook, type Workbook } from './workbook.ts'

/** What was chosen: a spreadsheet with its sheets, text in some encoding, or a client's own portability file. */
export type OpenedFile =
  | { readonly kind: 'workbook'; readonly name: string; readonly book: Workbook }
  | { readonly kind: 'portability'; readonly name: string; readonly known: KnownTable }
  | {
      readonly kind: 'text'
      readonly name: string
      readonly encoding: Encoding
      readonly read: (encoding: Encoding) => Table
    }

const begins = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte)

/** By its content: what a file is called says nothing of what it is. */
export async function openFile(file: Blob & { readonly name: string }): Promise<OpenedFile> {
  if (file.size > importLimits.bytes) throw new UnreadableFile('too-large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes.length === 0) throw new UnreadableFile('empty')
  const { name } = file
  if (begins(bytes, 0x50, 0x4b)) return { kind: 'workbook', name, book: readWorkbook(bytes) }
  // The old format of Excel, and an encrypted new one, come in the same wrapping.
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableFile(/\.xlsx$/i.test(name) ? 'locked' : 'old-excel')
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46)) throw new UnreadableFile('not-a-table')
  const text = new TextDecoder().decode(bytes)
  if (isPortability(text)) return { kind: 'portability', name, known: readPortability(text) }
  return {
    kind: 'text',
    name,
    encoding: encodingOf(bytes),
    read: (encoding) => readTextTable(bytes, encoding)
  }
}
