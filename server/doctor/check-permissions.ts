import { readdirSync, lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'
import { placesOf, type Place } from './places.ts'

/** Who but the owner may do something with it. */
const othersMask = 0o077
/** Empty: they are held, not read. */
const isLock = (name: string): boolean => name.endsWith('.lock')

/** Nobody else on the machine may read what the server keeps. */
export function checkPermissions({ config }: Patient): Finding[] {
  const findings = placesOf(config).flatMap(judge)
  const worst = findings.filter(({ verdict }) => verdict !== 'good')
  return worst.length > 0 ? worst : findings.slice(0, 1)
}

function judge({ variable, path }: Place): Finding[] {
  const folder = statSync(path, { throwIfNoEntry: false })
  if (!folder)
    return [
      warning(
        'permissions',
        `${variable} (${path}) is not there.`,
        'The server makes it at its start.'
      )
    ]
  if (!folder.isDirectory())
    return [bad('permissions', `${variable} (${path}) is no folder.`, 'Name a folder.')]
  const asWhom = process.getuid?.() ?? folder.uid
  const findings: Finding[] = []
  if (folder.uid !== asWhom)
    findings.push(
      warning(
        'permissions',
        `${variable} belongs to user ${folder.uid}, and user ${asWhom} is looking.`,
        'Run the doctor as the user that the server runs as.'
      )
    )
  if ((folder.mode & othersMask) !== 0)
    findings.push(
      bad(
        'permissions',
        `Others may look into ${variable} (${path}).`,
        `chmod 700 ${path}, and think about who may have.`
      )
    )
  const strange = filesUnder(path).filter(({ mode, uid }) => mode !== 0 || uid !== folder.uid)
  const [first] = strange
  if (first)
    findings.push(
      bad(
        'permissions',
        `${strange.length} files in ${variable} may be read by others or belong to another user, such as ${first.path}.`,
        `chown -R ${folder.uid} ${path} && chmod -R go= ${path}`
      )
    )
  if (findings.length === 0)
    findings.push(good('permissions', 'The folders and files are their owner’s alone.'))
  return findings
}

/** Every file but locks, with what others may do with it. */
function filesUnder(path: string): { path: string; mode: number; uid: number }[] {
  return readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const file = join(entry.parentPath, entry.name)
    // It may be gone again while a server works.
    const found = lstatSync(file, { throwIfNoEntry: false })
    if (!found?.isFile() || isLock(entry.name)) return []
    return [{ path: file, mode: found.mode & othersMask, uid: found.uid }]
  })
}
