import { open, type FileHandle } from 'node:fs/promises'
import { openBytes, sealBytes, type DataKey } from '#server/keys/data-key.ts'
import { digestOf } from '#server/keys/digest.ts'
import { BackupError } from './backup-error.ts'
import { headerLimitBytes, readHeader, type Header } from './header.ts'

const chunkBytes = 1 << 20
const sealedBytes = chunkBytes + 12 + 16

/** Each chunk opens only under this header, in its own place, and as the last one only at the end. */
const chunkAad = (line: string, index: number, isLast: boolean): string =>
  `kotikaynti/backup-chunk/1\n${digestOf(line)}\n${index}\n${isLast ? 'last' : 'more'}`

/** The header line, then the plain file in chunks of AES-256-GCM. It lies on the disk when this returns. */
export async function sealFile(o: {
  from: string
  to: string
  line: string
  key: DataKey
}): Promise<void> {
  await using source = await open(o.from, 'r')
  await using target = await open(o.to, 'wx', 0o600)
  await target.writeFile(o.line)
  const { size } = await source.stat()
  for (let at = 0, index = 0; at < size; at += chunkBytes, index += 1) {
    const bytes = await readAt(source, at, Math.min(chunkBytes, size - at))
    const aad = chunkAad(o.line, index, at + chunkBytes >= size)
    await target.writeFile(sealBytes(o.key, aad, bytes))
  }
  await target.sync()
}

/** Throws when a single bit differs, or anything is cut off, added or in another order. */
export async function openFile(o: {
  from: string
  to: string
  line: string
  key: DataKey
}): Promise<void> {
  await using source = await open(o.from, 'r')
  await using target = await open(o.to, 'wx', 0o600)
  const { size } = await source.stat()
  const start = Buffer.byteLength(o.line)
  if (size <= start) throw new BackupError(damaged)
  for (let at = start, index = 0; at < size; at += sealedBytes, index += 1) {
    const sealed = await readAt(source, at, Math.min(sealedBytes, size - at))
    const aad = chunkAad(o.line, index, at + sealedBytes >= size)
    await target.writeFile(openChunk(o.key, aad, sealed))
  }
  await target.sync()
}

const damaged = 'The backup is damaged: it was changed or cut off. Take an older one.'

function openChunk(key: DataKey, aad: string, sealed: Buffer): Buffer {
  try {
    return openBytes(key, aad, sealed)
  } catch {
    throw new BackupError(damaged)
  }
}

/** Null: the file is no backup. The line is what the chunks are bound to. */
export async function headerOf(path: string): Promise<{ header: Header; line: string } | null> {
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  const bytes = await readAt(file, 0, Math.min(headerLimitBytes, size))
  const end = bytes.indexOf('\n')
  if (end === -1) return null
  const line = bytes.toString('utf8', 0, end + 1)
  const header = readHeader(line)
  return header && { header, line }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, at + filled)
    if (bytesRead === 0) throw new BackupError(damaged)
    filled += bytesRead
  }
  return bytes
}
