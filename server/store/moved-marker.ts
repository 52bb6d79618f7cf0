import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settleFolder } from './restore-marker.ts'

/** The register lives elsewhere now: two that both go on would be two truths. */
export class StoreMoved extends Error {
  override readonly name = 'StoreMoved'

  constructor() {
    super(
      'This register was moved to PostgreSQL: set KOTIKAYNTI_DATABASE_URL. What lies in KOTIKAYNTI_DATA is the register as it was then.'
    )
  }
}

const markerOf = (folder: string): string => join(folder, 'moved-to-postgresql')

export function requireNotMoved(folder: string): void {
  if (isMoved(folder)) throw new StoreMoved()
}

export const isMoved = (folder: string): boolean => existsSync(markerOf(folder))

/** On the disk when it returns. */
export function markMoved(folder: string): void {
  writeFileSync(markerOf(folder), '', { mode: 0o600, flush: true })
  settleFolder(folder)
}
