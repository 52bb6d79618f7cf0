import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Says which setting is wrong, never what it holds. */
export class RootKeyError extends Error {
  override readonly name = 'RootKeyError'
}

function decode(text: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-fA-F]{64}$/.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(trimmed, 'base64')
  if (key.length !== 32)
    throw new RootKeyError('KOTIKAYNTI_ROOT_KEY_FILE must hold 32 bytes, in hex or base64')
  return key
}

function writeNew(file: string): Buffer {
  const key = randomBytes(32)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, `${key.toString('hex')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return key
}

/**
 * The key under which all others lie. It comes from the environment or from a file that only its
 * owner may read; the default file is made when it is absent and a server begins, a named one never is.
 */
export function loadRootKey(
  rootKey: { hex: string } | { file: string },
  keysFolder: string,
  { mayMake = true } = {}
): Buffer {
  if ('hex' in rootKey) return peekRootKey(rootKey)
  const isDefault = rootKey.file === defaultRootKeyFile(keysFolder)
  let key: Buffer
  try {
    key = peekRootKey(rootKey)
  } catch (error) {
    if (isAbsence(error) && isDefault && mayMake) return writeNew(rootKey.file)
    throw error
  }
  narrow(rootKey.file)
  return key
}

const isAbsence = (error: unknown): boolean =>
  error instanceof RootKeyError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'

/** The key as it lies: nothing is made, and nothing is mended. */
export function peekRootKey(rootKey: { hex: string } | { file: string }): Buffer {
  if ('hex' in rootKey) return decode(rootKey.hex)
  let text: string
  try {
    text = readFileSync(rootKey.file, 'utf8')
  } catch (cause) {
    throw new RootKeyError('KOTIKAYNTI_ROOT_KEY_FILE names a file that cannot be read', { cause })
  }
  return decode(text)
}

/** A credential that the system lends is not ours to change: who lends it says who may read it. */
function narrow(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EPERM' && code !== 'EROFS') throw error
  }
}

export function defaultRootKeyFile(keysFolder: string): string {
  return join(keysFolder, 'root.key')
}
