import { closeSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { ByteSearch } from './byte-search.ts'
import { scanDatabase } from './scan-database.ts'
import type { Scale, ScanTask, ScanOutcome } from './scanner.ts'

/** A thread of its own: reading every byte takes seconds, and nobody who asks for anything waits for it. */

const pieceBytes = 1 << 20

/** Whatever lies below the folders, each file once, hidden ones and links included. */
function filesBelow(folders: readonly string[]): string[] {
  const seen = new Set<string>()
  const walk = (folder: string) => {
    for (const entry of ifThere(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
      const path = ifThere(() => realpathSync(join(folder, entry.name)))
      if (path === null || seen.has(path)) continue
      if (entry.isFile()) seen.add(path)
      else if (entry.isDirectory()) walk(path)
      else if (entry.isSymbolicLink()) seen.add(path)
    }
  }
  for (const folder of folders) walk(folder)
  return [...seen]
}

/** What goes while it is looked for is gone; whatever else cannot be read makes the scan fail. */
function ifThere<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Every file once. */
function scanFiles(folders: readonly string[], search: ByteSearch): Scale {
  const piece = Buffer.allocUnsafe(pieceBytes)
  let files = 0
  let bytes = 0
  for (const path of filesBelow(folders)) {
    const file = ifThere(() => openSync(path, 'r'))
    if (file === null) continue
    try {
      bytes += search.searchFile(piece, (into) => readSync(file, into))
      files += 1
    } finally {
      closeSync(file)
    }
  }
  return { files, bytes }
}

async function scan({ folders, databaseUrl, marks }: ScanTask): Promise<ScanOutcome> {
  const search = new ByteSearch(Buffer.from(marks))
  const read = scanFiles(folders, search)
  const asked = databaseUrl === null ? none : await scanDatabase(databaseUrl, search)
  return {
    files: read.files + asked.files,
    bytes: read.bytes + asked.bytes,
    found: [...search.found]
  }
}

const none: Scale = { files: 0, bytes: 0 }

parentPort?.postMessage(await scan(workerData as ScanTask))
