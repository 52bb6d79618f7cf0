import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync
} from 'node:fs'
import { dirname } from 'node:path'
import { loadRootKey } from './root-key.ts'

const formerOf = (file: string): string => `${file}.former`
const unfinishedOf = (file: string): string => `${file}.unfinished`

const holds = (file: string, key: Buffer): boolean =>
  existsSync(file) && loadRootKey({ file }, dirname(file), { mayMake: false }).equals(key)

/** One that the system lends, that is another's, or that is only pointed at, is not ours to replace. */
export function isReplaceable(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK)
    accessSync(file, constants.W_OK)
    return !lstatSync(file).isSymbolicLink()
  } catch {
    return false
  }
}

/** Whole or not at all, for its owner alone, and on the disk when it returns. What was there is replaced. */
export function writeRootKey(file: string, key: Buffer): void {
  if (holds(file, key)) return
  const unfinished = unfinishedOf(file)
  rmSync(unfinished, { force: true })
  const handle = openSync(unfinished, 'wx', 0o600)
  try {
    writeSync(handle, `${key.toString('hex')}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(unfinished, file)
  settle(file)
}

/** The same, and the former file keeps a name of its own until it is destroyed: unnamed bytes could not be overwritten. */
export function replaceRootKey(file: string, next: Buffer): void {
  if (holds(file, next)) return
  const former = formerOf(file)
  if (!existsSync(former)) linkSync(file, former)
  settle(file)
  writeRootKey(file, next)
}

/** What `replaceRootKey` left of the former one. */
export function destroyFormerRootKey(file: string): void {
  const former = formerOf(file)
  if (!existsSync(former)) return
  // Cut between the two names of one file, the former is still the one that counts.
  if (statSync(former).ino === statSync(file).ino) rmSync(former)
  else destroyRootKey(former)
}

/** Overwritten on the disk, then unlinked. */
export function destroyRootKey(file: string): void {
  if (!existsSync(file)) return
  const handle = openSync(file, 'r+')
  try {
    const { size } = fstatSync(handle)
    writeSync(handle, Buffer.alloc(size), 0, size, 0)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  rmSync(file)
  settle(file)
}

/** What was named, renamed or removed beside it stays so when the power goes. */
function settle(file: string): void {
  const handle = openSync(dirname(file), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
