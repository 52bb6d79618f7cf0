import { relative } from 'node:path'
import { BackupError } from '#server/backups/backup-error.ts'
import { rehearse } from '#server/backups/rehearse.ts'
import { restore } from '#server/backups/restore.ts'
import type { Restored } from '#server/backups/restore-files.ts'
import { takeBackup, type BackupParts } from '#server/backups/take-backup.ts'
import { consoleCommands, isConsoleCommand } from '#server/console/commands.ts'
import { ConsoleError } from '#server/console/console-error.ts'
import { KeyStoreError } from '#server/keys/key-store-error.ts'
import { loadRootKey, RootKeyError } from '#server/keys/root-key.ts'
import { RestoreUnfinished } from '#server/store/restore-marker.ts'
import { MigrationFailed, SchemaNewer } from '#server/store/schema-version.ts'
import { DatabaseRefused } from '#server/store/engines/postgres-refusal.ts'
import { MoveRefused } from '#server/store/move/move-store.ts'
import { StoreMoved } from '#server/store/moved-marker.ts'
import { StoreLocked } from '#server/store/store-lock.ts'
import { systemClock } from './clock.ts'
import { ConfigError, readConfig } from './config.ts'
import { codeOnly } from './log.ts'

/** What whoever runs the server does beside it, or while it is stopped. */
const commands = { backup, rehearse: rehearseNewest, restore: restoreFile } as const

const say = (line: string) => process.stdout.write(`${line}\n`)
const here = (path: string) => relative('.', path) || '.'

async function backup(parts: BackupParts): Promise<boolean> {
  const path = await takeBackup(parts, requireFolder(parts))
  say(`Backed up, opened again and found whole: ${here(path)}`)
  return true
}

async function rehearseNewest(parts: BackupParts): Promise<boolean> {
  const { path, findings } = await rehearse(parts, requireFolder(parts))
  say(`Rehearsal of ${here(path)}`)
  for (const { what, found, isGood } of findings)
    say(`  ${isGood ? 'good' : 'BAD '}  ${what.padEnd(20)} ${found}`)
  return findings.every(({ isGood }) => isGood)
}

async function restoreFile(parts: BackupParts, file: string | undefined): Promise<boolean> {
  if (file === undefined) throw new BackupError('Which backup? npm run restore -- <file>')
  tell(await restore(parts, file))
  return true
}

function tell({ forgotten, carried, former }: Restored): void {
  say('Restored.')
  say(`  ${forgotten} customerships of the backup were deleted since; they are erased again.`)
  if (carried)
    say(
      `  Of the former register ${carried.certificates} certificates and ${carried.uses} lines of use were kept.`
    )
  else say('  Nothing was brought from a former register.')
  if (former !== null)
    say(`  The former register lies in ${here(former)}, and goes when a backup of its age would.`)
  say('Everybody signs in again; tablets start afresh and deliver what came after the backup.')
}

function requireFolder({ config }: Pick<BackupParts, 'config'>): string {
  if (config.backupsFolder !== null) return config.backupsFolder
  throw new ConfigError('KOTIKAYNTI_BACKUPS', 'must be set: the folder in which backups lie')
}

async function run([name, ...args]: readonly string[]): Promise<boolean> {
  const config = readConfig(process.env)
  const isOfConsole = isConsoleCommand(name)
  if (!isOfConsole && name !== 'backup' && name !== 'rehearse' && name !== 'restore')
    throw new ConsoleError(
      `Which of ${[...Object.keys(commands), ...Object.keys(consoleCommands)].join(', ')}?`
    )
  if (name === 'backup' || name === 'rehearse') requireFolder({ config })
  const rootKey = loadRootKey(config.rootKey, config.keysFolder, { mayMake: false })
  const parts = { config, clock: systemClock, rootKey }
  if (!isOfConsole) return commands[name](parts, args[0])
  for (const line of await consoleCommands[name](parts, args)) say(line)
  return true
}

const clear = [
  BackupError,
  ConfigError,
  ConsoleError,
  KeyStoreError,
  MigrationFailed,
  RootKeyError,
  RestoreUnfinished,
  SchemaNewer,
  StoreLocked,
  StoreMoved,
  DatabaseRefused,
  MoveRefused
]

/** One line; what is not meant for the operator is told by its name and code alone. */
function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It failed.'
  if (clear.some((kind) => error instanceof kind)) return error.message
  return `It failed: ${codeOnly(error.name)} ${'code' in error ? codeOnly(String(error.code)) : ''}`.trim()
}

run(process.argv.slice(2)).then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1
  },
  (error: unknown) => {
    process.stderr.write(`${lineOf(error)}\n`)
    process.exitCode = 1
  }
)
