import { readFallback, writeFallback } from '#lib/device/fallback-file.ts'
import { withLock } from '#lib/device/locks.ts'
import type { KeyringFile, KeyringPlace } from './keyring.ts'

/** What TypeScript's own worker library says of it; the page's library leaves it out. */
interface SyncAccess {
  getSize(): number
  read(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  flush(): void
  close(): void
}
interface InPlaceHandle {
  createSyncAccessHandle(): Promise<SyncAccess>
}

const nameOf = (device: string) => `keyring-${device}`

/**
 * The keyring's file where the browser really writes in place. Access is exclusive per file, so each
 * piece of work opens it, writes, flushes and closes under a lock that all tabs share.
 */
export function opfsPlace(device: string): KeyringPlace {
  return {
    use: (work) =>
      withLock(`kotikaynti-keyring-${device}`, async () => {
        const folder = await navigator.storage.getDirectory()
        const handle = await folder.getFileHandle(nameOf(device), { create: true })
        const access = await (handle as unknown as InPlaceHandle).createSyncAccessHandle()
        try {
          return work({
            size: () => access.getSize(),
            read: (at, length) => {
              const bytes = new Uint8Array(length)
              access.read(bytes, { at })
              return bytes
            },
            write: (at, bytes) => {
              access.write(bytes, { at })
            },
            flush: () => access.flush()
          })
        } finally {
          access.close()
        }
      })
  }
}

/** Where OPFS is missing. What is overwritten here may stay on the disk, and the device page says so. */
export function databasePlace(device: string): KeyringPlace {
  return {
    use: (work) =>
      withLock(`kotikaynti-keyring-${device}`, async () => {
        const file = memoryFile(await readFallback(nameOf(device)))
        const value = work(file)
        if (file.changed()) await writeFallback(nameOf(device), file.content())
        return value
      })
  }
}

export function memoryFile(
  begun?: Uint8Array<ArrayBuffer>
): KeyringFile & { changed(): boolean; content(): Uint8Array<ArrayBuffer> } {
  let bytes = begun ?? new Uint8Array(0)
  let changed = false
  return {
    size: () => bytes.length,
    read: (at, length) => bytes.slice(at, at + length),
    write: (at, written) => {
      changed = true
      if (at + written.length > bytes.length) {
        const longer = new Uint8Array(at + written.length)
        longer.set(bytes)
        bytes = longer
      }
      bytes.set(written, at)
    },
    flush: () => undefined,
    changed: () => changed,
    content: () => bytes
  }
}

export async function hasOpfs(): Promise<boolean> {
  try {
    await navigator.storage.getDirectory()
    return 'createSyncAccessHandle' in FileSystemFileHandle.prototype
  } catch {
    return false
  }
}
