import { Unzip, UnzipInflate } from 'fflate'
import { UnreadableFile } from './table.ts'

const mostBytes = 200 * 1024 * 1024
const step = 64 * 1024

/**
 * The wanted files of a packed one. It is unpacked a little at a time and counted, whatever the
 * packed file says of its own size: one that would fill the memory stops at the bound.
 */
export function unzip(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean
): ReadonlyMap<string, string> {
  const pieces = new Map<string, Uint8Array[]>()
  let unpacked = 0
  const unzip = new Unzip((file) => {
    if (!isWanted(file.name)) return
    const own: Uint8Array[] = []
    pieces.set(file.name, own)
    file.ondata = (error, piece) => {
      // What is thrown below comes back here once more.
      if (error) throw error instanceof UnreadableFile ? error : new UnreadableFile('broken')
      unpacked += piece.length
      if (unpacked > mostBytes) throw new UnreadableFile('unpacks-too-large')
      own.push(piece)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += step)
      unzip.push(bytes.subarray(at, at + step), at + step >= bytes.length)
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('broken')
  }
  return new Map([...pieces].map(([name, own]) => [name, textOf(own)]))
}

function textOf(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode()
}
