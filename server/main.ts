import { Cron } from 'croner'
import { toMoment } from '#contract/day.ts'
import { newSecret } from '#server/keys/secret.ts'
import { KeyStoreError } from '#server/keys/key-copies.ts'
import { RootKeyError } from '#server/keys/root-key.ts'
import { RestoreUnfinished } from '#server/store/restore-marker.ts'
import { MigrationFailed, SchemaNewer } from '#server/store/schema-version.ts'
import { StoreLocked } from '#server/store/store-lock.ts'
import { firstCode } from '#server/auth/welcome.ts'
import { createBackups, type Backups } from '#server/backups/schedule.ts'
import { isPractice } from '#server/demo/marker.ts'
import { finishBegun } from '#server/jobs/daily.ts'
import type { ClockState } from '#server/jobs/judge-clock.ts'
import { watchClock } from '#server/jobs/watch-clock.ts'
import { buildApp, starting, type App } from './app.ts'
import { systemClock } from './clock.ts'
import { ConfigError, readConfig } from './config.ts'
import { Listening, ListenError } from './listening.ts'
import { createLog } from './log.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const log = createLog(() => toMoment(systemClock.now()), say)

/** A fault's name and code; its message could carry what was being handled. */
const faultOf = (error: unknown) => ({
  error: error instanceof Error ? error.name : typeof error,
  code: error instanceof Error && 'code' in error ? String(error.code) : null
})

function leave(error: unknown): never {
  const isClear =
    error instanceof ConfigError ||
    error instanceof ListenError ||
    error instanceof RootKeyError ||
    error instanceof KeyStoreError ||
    error instanceof RestoreUnfinished ||
    error instanceof MigrationFailed ||
    error instanceof SchemaNewer ||
    error instanceof StoreLocked
  const { error: name, code } = faultOf(error)
  process.stderr.write(
    isClear
      ? `${error.message}\n`
      : `Kotikäynti stopped: ${[name, code].filter(Boolean).join(' ')}\n`
  )
  process.exit(1)
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  if (config.databaseUrl !== null)
    throw new ConfigError(
      'KOTIKAYNTI_DATABASE_URL',
      'is not spoken by this version: leave it unset'
    )
  if (isPractice(config.dataFolder))
    throw new ConfigError('KOTIKAYNTI_DATA', 'holds practice data: name another folder')
  if (config.keysBackupFolder === null)
    say('Warning: KOTIKAYNTI_KEYS_BACKUP is not set, so the keys have no second copy.')

  const listening = new Listening(config, starting)
  await listening.open()
  const app = await buildApp({ config, clock: systemClock, log })
  listening.serve((request, env) => app.fetch(request, env))
  if (app.parts.keyStore.isRotating)
    say(
      'Warning: a rotation of the root key is not finished: npm run keys:rotate, with the server stopped.'
    )
  const due = scheduleJobs(app, createBackups(app.parts))
  stopCleanly(listening, app, due)
  log.write('started', { port: listening.port })

  const [origin = ''] = config.origins
  say(`Kotikäynti serves ${config.origins.join(' and ')}`)
  const code = await firstCode(app.parts.store, newSecret, systemClock.now())
  if (code !== null)
    say(`Make the first main user here, within 24 hours:\n${origin}/welcome#${code}`)
}

const doubts = {
  ahead: 'leapt ahead by more than a week',
  behind: 'stands before the time that was last seen'
} as const satisfies Record<Exclude<ClockState, 'right'>, string>

/** §7: what cannot be undone is done by a clock that is believed. */
async function runJobs(app: App, told: ClockState): Promise<ClockState> {
  const state = await watchClock(app.parts)
  if (state === 'right') await app.jobs.runDue()
  else await finishBegun(app.parts)
  if (state !== 'right' && state !== told)
    say(
      `Warning: the clock ${doubts[state]}, so nothing ends and nothing is deleted by itself. If it is right: npm run recover -- clock, with the server stopped.`
    )
  return state
}

function scheduleJobs(app: App, backups: Backups): Cron {
  let clockState: ClockState = 'right'
  const run = async () => {
    try {
      clockState = await runJobs(app, clockState)
    } catch (error) {
      log.write('jobs-failed', faultOf(error))
    }
    await backups.runDue()
  }
  void run()
  return new Cron('0 * * * *', { protect: true }, run)
}

function stopCleanly(listening: Listening, app: App, due: Cron): void {
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    due.stop()
    app.hangUp()
    await listening.close(10_000)
    await app.close()
    log.write('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void stop().catch(leave))
}

process.on('uncaughtException', leave)
process.on('unhandledRejection', leave)
start().catch(leave)
