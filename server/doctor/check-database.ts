import { readMarker } from '#server/store/restore-marker.ts'
import { unkeptPragmas } from '#server/store/look-at-register.ts'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'

/** The register, by the engine that holds it. */
export function checkDatabase(patient: Patient): Finding[] {
  if (patient.config.databaseUrl !== null)
    return [
      bad(
        'database',
        'KOTIKAYNTI_DATABASE_URL is not spoken by this version: the server does not start.',
        'Leave it unset.'
      )
    ]
  return checkSqlite(patient)
}

function checkSqlite({ config, register }: Patient): Finding[] {
  const marker = readMarker(config.dataFolder)
  if (marker)
    return [
      bad(
        'database',
        'A restore was not finished: the server does not start.',
        `Run it again: npm run restore -- ${marker.backup}`
      )
    ]
  if (!register)
    return [warning('database', 'There is no register yet.', 'The first start makes it.')]
  const { version, damaged } = register
  if (version === 'newer')
    return [
      bad(
        'database',
        'The register was written by a newer version of the program: this one does not start.',
        'Install that version again, or restore a backup that this version made.'
      )
    ]
  if (damaged.length > 0)
    return [
      bad(
        'database',
        `SQLite finds ${damaged.join(' and ')} damaged.`,
        damaged.includes('register.db')
          ? 'Stop the server, keep a copy of the folder, look at the disk, and restore the newest backup.'
          : 'Stop the server and look at the disk. search.db is made anew when it is taken away; suppression.db has a copy beside the second copy of the keys.'
      )
    ]
  return [...checkPragmas(register), whole(version)]
}

const whole = (version: 'same' | 'older'): Finding =>
  version === 'same'
    ? good('database', 'SQLite finds the register whole, and of this version.')
    : warning(
        'database',
        'SQLite finds the register whole, and of an older version.',
        'Back up; the next start brings it to this version.'
      )

function checkPragmas({ journals }: NonNullable<Patient['register']>): Finding[] {
  const unlogged = journals.filter(({ journal }) => journal !== 'wal').map(({ file }) => file)
  const unkept = unkeptPragmas()
  if (unlogged.length === 0 && unkept.length === 0)
    return [
      good('pragmas', 'SQLite writes as it must: logged, synchronous, and deleting securely.')
    ]
  return [
    bad(
      'pragmas',
      [
        ...unlogged.map((file) => `${file} is not written through a log`),
        ...unkept.map((name) => `SQLite does not keep to ${name}`)
      ].join('; '),
      'Somebody opened the files with another program, or the engine was exchanged: run npm ci, and start the server again.'
    )
  ]
}
