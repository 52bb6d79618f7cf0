import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const made = new Set([
  '.git',
  '.svelte-kit',
  'build',
  'data',
  'demo',
  'keys',
  'keys-backup',
  'node_modules'
])

/** A folder of the root is made by tools when it has one of these names; deeper ones are ours. */
function list(folder: string, isRoot: boolean): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (isRoot && made.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return list(path, false)
    return entry.isFile() ? [relative(root, path)] : []
  })
}

/** Every file that people wrote, by its path from the root. */
export const writtenFiles: readonly string[] = list(root, true).sort()

const binary = /\.(png|woff2?|ico|webp|jpg)$/

export function textOf(path: string): string {
  return binary.test(path) ? '' : readFileSync(join(root, path), 'utf8')
}
