import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const nameOf = (dataFolder: string): string => join(dataFolder, 'backing-up')

/**
 * A place beside the register that only its owner sees, for copies that are not encrypted as a whole.
 * It is gone when `use` has ended, and what a crash left of it when the next begins.
 */
export async function withScratch<T>(
  dataFolder: string,
  use: (folder: string) => Promise<T>
): Promise<T> {
  await clearScratch(dataFolder)
  const folder = nameOf(dataFolder)
  await mkdir(folder, { mode: 0o700 })
  try {
    return await use(folder)
  } finally {
    await clearScratch(dataFolder)
  }
}

export async function clearScratch(dataFolder: string): Promise<void> {
  const folder = nameOf(dataFolder)
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) await overwrite(join(folder, name))
  await rm(folder, { recursive: true })
}

const zeros = Buffer.alloc(1 << 20)

/** The bytes go before the name does. */
async function overwrite(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  const { size } = await file.stat()
  for (let at = 0; at < size; at += zeros.length)
    await file.write(zeros, 0, Math.min(zeros.length, size - at), at)
  await file.sync()
}
