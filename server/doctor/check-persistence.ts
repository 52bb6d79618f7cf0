import { statfsSync } from 'node:fs'
import { bad, good, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'
import { placesOf, standing } from './places.ts'

/** statfs(2): file systems that live as long as the machine or the container does. */
const fleeting: Readonly<Record<number, string>> = {
  0x01021994: 'memory (tmpfs)',
  0x858458f6: 'memory (ramfs)',
  0x794c7630: 'the container’s own layer (overlay)'
}

/** Whether what is written is there after the next start of the machine. */
export function checkPersistence({ config }: Patient): Finding[] {
  const lost = placesOf(config).flatMap(({ variable, path }) => {
    const place = fleeting[statfsSync(standing(path)).type]
    return place === undefined ? [] : [fleetingAt(variable, path, place)]
  })
  if (lost.length > 0) return lost
  return [good('persistence', 'The folders lie on disks that outlive a restart.')]
}

const fleetingAt = (variable: string, path: string, place: string): Finding =>
  bad(
    'persistence',
    `${variable} (${path}) lies in ${place}: a restart loses it.`,
    'Mount a volume or a disk there, with the server stopped, and copy over what is there.'
  )
