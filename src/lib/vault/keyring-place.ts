import { readFallback, writeFallback } from '#lib/device/fallback-file.ts'
import { withLock } from '#lib/device/locks.ts'
import type { KeyringFile } from './keyring-slots.ts'
import type { KeyringPlace } from './keyring.ts'

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
  const file = new OpfsFile(nameOf(device))
  return {
    use: (work) =>
      withLock(`kotikaynti-keyring-${device}`, async () => {
        const access = await file.open()
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

const firstPatienceMilliseconds = 500
const longestPatienceMilliseconds = 16_000

/**
 * Chromium 156 now and then never answers an opening, while much else is going on; asked again, it
 * does. An opening without end would stop every tab at this file's lock.
 */
class OpfsFile {
  readonly #name: string
  #handle: InPlaceHandle | null = null

  constructor(name: string) {
    this.#name = name
  }

  async open(): Promise<SyncAccess> {
    for (let patience = firstPatienceMilliseconds; ; patience *= 2) {
      const opening = this.#openOnce()
      const isLast = patience >= longestPatienceMilliseconds
      // A refusal is waited out too: the file may still belong to an opening that was given up.
      const access = await within(patience, isLast ? opening : opening.catch(neverAnswers))
      if (access) return access
      // Should it answer after all, it must not keep the file from the next.
      void opening.then((late) => late.close()).catch(() => undefined)
      this.#handle = null
      if (isLast) throw new Error('the keyring does not open')
    }
  }

  async #openOnce(): Promise<SyncAccess> {
    this.#handle ??= await this.#find()
    return this.#handle.createSyncAccessHandle()
  }

  async #find(): Promise<InPlaceHandle> {
    const folder = await navigator.storage.getDirectory()
    const handle = await folder.getFileHandle(this.#name, { create: true })
    return handle as unknown as InPlaceHandle
  }
}

const neverAnswers = () => new Promise<never>(() => undefined)

/** Null when it takes longer. */
function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
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
