import { Cron } from 'croner'
import { toMoment } from '#contract/day.ts'
import { newSecret } from '#server/keys/secret.ts'
import { KeyStoreError } from '#server/keys/key-copies.ts'
import { RootKeyError } from '#server/keys/root-key.ts'
import { RestoreUnfinished } from '#server/store/restore-marker.ts'
import { StoreLocked } from '#server/store/store-lock.ts'
import { firstCode } from '#server/auth/welcome.ts'
import { createBackups, type Backups } from '#server/backups/schedule.ts'
import { isPractice } from '#server/demo/marker.ts'
import { buildApp, starting, type App } from './app.ts'
import { systemClock } from './clock.ts'
import { ConfigError, readConfig } from './config.ts'
import { Listening, ListenError } from './listening.ts'
import { codeOnly, createLog } from './log.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const log = createLog(() => toMoment(systemClock.now()), say)

/** A fault's name and code; its message could carry what was being handled. */
const faultOf = (error: unknown) => ({
  error: error instanceof Error ? codeOnly(error.name) : typeof error,
  code: error instanceof Error && 'code' in error ? codeOnly(String(error.code)) : null
})

function leave(error: unknown): never {
  const isClear =
    error instanceof ConfigError ||
    error instanceof ListenError ||
    error instanceof RootKeyError ||
    error instanceof KeyStoreError ||
    error instanceof RestoreUnfinished ||
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
  const due = scheduleJobs(app, createBackups(app.parts))
  stopCleanly(listening, app, due)
  log.write('started', { port: listening.port })

  const [origin = ''] = config.origins
  say(`Kotikäynti serves ${config.origins.join(' and ')}`)
  const code = await firstCode(app.parts.store, newSecret, systemClock.now())
  if (code !== null)
    say(`Make the first main user here, within 24 hours:\n${origin}/welcome#${code}`)
}

function scheduleJobs(app: App, backups: Backups): Cron {
  const run = async () => {
    try {
      await app.jobs.runDue()
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
