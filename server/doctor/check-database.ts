import { readMarker } from '#server/store/restore-marker.ts'
import { unkeptPragmas } from '#server/store/look-at-register.ts'
import type { DatabaseLook } from '#server/store/look-at-database.ts'
import { bad, good, warning, type Finding } from './finding.ts'
import type { Patient } from './patient.ts'

/** The register, by the engine that holds it. */
export function checkDatabase(patient: Patient): Finding[] {
  const { database } = patient
  if (database === null) return checkSqlite(patient)
  if ('refused' in database)
    return [
      bad(
        'database',
        database.refused,
        'See that PostgreSQL runs and lets the user of the server in, and start the server again: the tablets keep what they hold to send.'
      )
    ]
  return [...checkVersion(database.register), ...checkPostgres(database)]
}

function checkVersion(register: Patient['register']): Finding[] {
  if (!register)
    return [
      warning(
        'database',
        'There is no register in the database yet.',
        'The first start makes it, or npm run move brings one.'
      )
    ]
  return [register.version === 'newer' ? writtenByNewer : known(register.version)]
}

const known = (version: 'same' | 'older'): Finding =>
  version === 'same'
    ? good('database', 'PostgreSQL answers, with a register of this version.')
    : warning(
        'database',
        'PostgreSQL answers, with a register of an older version.',
        'Back up; the next start brings it to this version.'
      )

/** Of one process; another one needs as many. */
const connectionsOfProcess = 13

function checkPostgres(database: DatabaseLook): Finding[] {
  const { settings, connectionsLeft, isSuperuser } = database
  const unsafe = ['fsync', 'full_page_writes'].filter((name) => settings[name] === 'off')
  return [
    ...(unsafe.length === 0
      ? []
      : [
          bad(
            'durability',
            `PostgreSQL runs with ${unsafe.map((name) => `${name} = off`).join(' and ')}: what is acknowledged may be lost with the power.`,
            'Set it on in postgresql.conf and restart PostgreSQL.'
          )
        ]),
    ...(connectionsLeft >= connectionsOfProcess
      ? []
      : [
          warning(
            'connections',
            `PostgreSQL lets ${connectionsLeft} more connections in; a process of the server takes up to ${connectionsOfProcess}.`,
            'Raise max_connections, or run fewer processes.'
          )
        ]),
    ...(isSuperuser
      ? [
          warning(
            'role',
            'The server is a superuser of PostgreSQL, and may read the files of its machine.',
            'Give it a role of its own (README, “Many processes”).'
          )
        ]
      : []),
    ...(settings['archive_mode'] === 'off'
      ? []
      : [
          warning(
            'archive',
            'PostgreSQL archives its log, which keeps erased rows, sealed, as long as the archive is kept.',
            'Keep it no longer than KOTIKAYNTI_BACKUP_KEEP_DAYS.'
          )
        ])
  ]
}

const writtenByNewer: Finding = bad(
  'database',
  'The register was written by a newer version of the program: this one does not start.',
  'Install that version again, or restore a backup that this version made.'
)

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
  if (version === 'newer') return [writtenByNewer]
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
