import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync
} from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'

const markerSchema = z.strictObject({
  /** While it prepares nothing has changed; once it places, it can only be finished. */
  phase: z.enum(['preparing', 'placing']),
  backup: z.string(),
  /** The folder that the former register is set aside in. */
  former: z.string()
})

export type RestoreMarker = z.infer<typeof markerSchema>

/** Says what to do; the server serves nothing until it is done. */
export class RestoreUnfinished extends Error {
  override readonly name = 'RestoreUnfinished'
}

const fileOf = (folder: string): string => join(folder, 'restore-unfinished')

export function readMarker(folder: string): RestoreMarker | null {
  const file = fileOf(folder)
  return existsSync(file) ? markerSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

/** Whole or not at all, and on the disk when it returns. */
export function writeMarker(folder: string, marker: RestoreMarker): void {
  const next = `${fileOf(folder)}.next`
  const handle = openSync(next, 'w', 0o600)
  try {
    writeSync(handle, JSON.stringify(marker))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(next, fileOf(folder))
  settleFolder(folder)
}

export function removeMarker(folder: string): void {
  rmSync(fileOf(folder), { force: true })
  settleFolder(folder)
}

/** What was renamed or removed in the folder stays so when the power goes. */
export function settleFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A register in the middle of a restore is neither the old one nor the new one. */
export function requireNoRestore(folder: string): void {
  const marker = readMarker(folder)
  if (marker)
    throw new RestoreUnfinished(
      `A restore was not finished. Run it again: npm run restore -- ${marker.backup}`
    )
}
