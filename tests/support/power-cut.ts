import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sectorBytes = 512

/**
 * A disk under a server process that loses, when the power goes, what was not synced: of each sector that was
 * written since, chance decides whether it came to the disk. It needs a C compiler, as better-sqlite3 does
 * where nobody has built it.
 */
export class PowerCut {
  readonly #folder = mkdtempSync(join(tmpdir(), 'power-'))
  readonly #layer = join(this.#folder, 'power-cut.so')
  readonly #synced = join(this.#folder, 'synced')

  constructor() {
    const source = fileURLToPath(new URL('power-cut.c', import.meta.url))
    execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', this.#layer, source, '-ldl', '-lpthread'])
  }

  /** `lies`: files whose path holds this say that they are synced, and are not. */
  env(o: { readonly lies?: string } = {}): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: this.#layer,
      POWER_CUT_FOLDER: this.#synced,
      ...(o.lies ? { POWER_CUT_LIES: o.lies } : {})
    }
  }

  /** What is there now is on the disk, whatever wrote it. */
  settle(folder: string): void {
    rmSync(join(this.#synced, folder), { recursive: true, force: true })
    for (const path of filesIn(folder)) this.#write(path, readFileSync(path))
  }

  /** After the process is gone: the folder as the disk has it. Answers how many sectors were lost. `keeps`: in how many of a hundred cases what was not synced is there all the same. */
  cut(folder: string, keeps = 50): number {
    let lost = 0
    for (const path of new Set([...filesIn(folder), ...this.#knownIn(folder)])) {
      // Shared memory, which every process makes anew.
      if (path.endsWith('-shm')) {
        rmSync(path, { force: true })
        continue
      }
      const image = imageOf(readIf(this.#copyOf(path)), readIf(path), () => randomInt(100) < keeps)
      lost += image.lost
      if (image.bytes) writeFileSync(path, image.bytes)
      else rmSync(path, { force: true })
    }
    return lost
  }

  destroy(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #copyOf(path: string): string {
    return join(this.#synced, path)
  }

  #knownIn(folder: string): string[] {
    return filesIn(this.#copyOf(folder))
      .filter((path) => !path.endsWith('.half'))
      .map((path) => path.slice(this.#synced.length))
  }

  #write(path: string, bytes: Buffer): void {
    const copy = this.#copyOf(path)
    execFileSync('mkdir', ['-p', join(copy, '..')])
    writeFileSync(copy, bytes)
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

const readIf = (path: string): Buffer | null => (existsSync(path) ? readFileSync(path) : null)

/** Each sector is the synced one or the written one; so is whether a file that was never synced, or was deleted, is there at all. */
function imageOf(
  synced: Buffer | null,
  written: Buffer | null,
  isKept: () => boolean
): { bytes: Buffer | null; lost: number } {
  if (!synced && (!written || !isKept())) return { bytes: null, lost: written ? 1 : 0 }
  if (!written && isKept()) return { bytes: null, lost: 0 }
  const before = synced ?? Buffer.alloc(0)
  const after = written ?? before
  const bytes = Buffer.from(isKept() ? after : before)
  let lost = 0
  for (let at = 0; at < bytes.length; at += sectorBytes) {
    const old = before.subarray(at, at + sectorBytes)
    const recent = after.subarray(at, at + sectorBytes)
    if (old.equals(recent)) continue
    const chosen = isKept() ? recent : old
    if (chosen === old) lost += 1
    bytes.fill(0, at, Math.min(at + sectorBytes, bytes.length))
    chosen.copy(bytes, at)
  }
  return { bytes, lost }
}
