import Sqlite from 'better-sqlite3'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'

/** Every database of a folder, as the engine itself finds it, in a copy: the server is to find it as it was left. */
export async function expectWhole(folder: string): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'whole-'))
  try {
    await cp(folder, copy, { recursive: true })
    for (const name of await readdir(copy, { recursive: true })) {
      if (!name.endsWith('.db')) continue
      const database = new Sqlite(join(copy, name))
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
      database.close()
    }
  } finally {
    await rm(copy, { recursive: true })
  }
}
