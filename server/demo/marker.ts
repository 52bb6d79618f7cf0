import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileName = 'harjoitusaineisto'

/** Whether the data folder holds practice data: a production start refuses it. */
export function isPractice(folder: string): boolean {
  return existsSync(join(folder, fileName))
}

/** Marks an empty folder; one that already holds a real register is left alone. */
export function markPractice(folder: string): 'marked' | 'holds-a-register' {
  if (isPractice(folder)) return 'marked'
  if (existsSync(join(folder, 'register.db'))) return 'holds-a-register'
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, fileName), 'Invented people only. Delete the folder to start over.\n')
  return 'marked'
}
