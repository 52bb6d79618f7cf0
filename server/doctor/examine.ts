import { codeOnly } from '#server/log.ts'
import { checkBackups } from './check-backups.ts'
import { checkCertificate } from './check-certificate.ts'
import { checkClock } from './check-clock.ts'
import { checkDatabase } from './check-database.ts'
import { checkKeys } from './check-keys.ts'
import { checkOrigin } from './check-origin.ts'
import { checkPermissions } from './check-permissions.ts'
import { checkPersistence } from './check-persistence.ts'
import { checkRootKey } from './check-root-key.ts'
import { checkSpace } from './check-space.ts'
import { bad, good, type Finding } from './finding.ts'
import { look, type Given, type Patient } from './patient.ts'

type Check = (patient: Patient) => Finding[] | Promise<Finding[]>

const checks: Readonly<Record<string, Check>> = {
  server: checkRunning,
  origin: checkOrigin,
  certificate: checkCertificate,
  clock: checkClock,
  permissions: checkPermissions,
  persistence: checkPersistence,
  disk: checkSpace,
  'root key': checkRootKey,
  keys: checkKeys,
  database: checkDatabase,
  backups: checkBackups
}

/**
 * Looks at an installation from its outside, beside the running server too, and writes nothing. What
 * cannot be looked at is a finding like any other.
 */
export async function examine(given: Given): Promise<Finding[]> {
  let patient: Patient
  try {
    patient = await look(given)
  } catch (error) {
    return [unreadable('the files of the server', error)]
  }
  const findings: Finding[] = []
  for (const [about, check] of Object.entries(checks))
    try {
      findings.push(...(await check(patient)))
    } catch (error) {
      findings.push(unreadable(about, error))
    }
  return findings
}

/** By its code: the words of a fault could carry what was being read. */
function unreadable(what: string, error: unknown): Finding {
  const { name, code = '' } = error as NodeJS.ErrnoException
  return bad(
    'look',
    `Could not look at ${what}: ${codeOnly(name)} ${codeOnly(code)}`.trim() + '.',
    'Run the doctor as the user that the server runs as, with the same settings.'
  )
}

function checkRunning({ isRunning, config }: Patient): Finding[] {
  const said = isRunning
    ? 'A server runs on this data folder; a second one would be refused.'
    : 'No server runs on this data folder.'
  return [good('server', `${said} (${config.dataFolder})`)]
}
