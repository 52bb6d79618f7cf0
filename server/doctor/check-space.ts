import { statfsSync } from 'node:fs'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'
import { placesOf, standing } from './places.ts'

const mebibyte = 1024 * 1024
/** Below this the server soon cannot write; a backup needs the register twice more. */
const leastBytes = 256 * mebibyte
const littleBytes = 2048 * mebibyte
const leastFiles = 1000

export interface Room {
  readonly freeBytes: number
  /** Null: the file system does not count them. */
  readonly freeFiles: number | null
}

/** Room on each disk, where the server is asked to write. */
export function checkSpace({ config, register }: Patient): Finding[] {
  const size = register?.bytes ?? 0
  const findings = placesOf(config).map(({ variable, path }) => {
    const { bavail, bsize, ffree, files } = statfsSync(standing(path))
    const room = { freeBytes: bavail * bsize, freeFiles: files > 0 ? ffree : null }
    return judgeRoom(variable, room, size)
  })
  const short = findings.filter(({ verdict }) => verdict !== 'good')
  return short.length > 0 ? short : findings.slice(0, 1)
}

/** `size`: of the register, in bytes. */
export function judgeRoom(variable: string, { freeBytes, freeFiles }: Room, size: number): Finding {
  const isOutOfFiles = freeFiles !== null && freeFiles < leastFiles
  const said = `${Math.floor(freeBytes / mebibyte)} MiB are free for ${variable}`
  if (freeBytes < leastBytes + size || isOutOfFiles)
    return bad(
      'disk',
      `${said}${isOutOfFiles ? ', and hardly any file can be made' : ''}.`,
      'Make room or give it a larger disk. A full disk loses nothing: the server refuses, and tablets keep what they have and try again.'
    )
  if (freeBytes < littleBytes + 3 * size)
    return warning('disk', `${said}.`, 'Give it a larger disk before it is full.')
  return good('disk', `${said}.`)
}
