import { setFlagsFromString } from 'node:v8'
import { Cron } from 'croner'
import { toMoment } from '#contract/day.ts'
import { newSecret } from '#server/keys/secret.ts'
import { KeyStoreError } from '#server/keys/key-store-error.ts'
import { RootKeyError } from '#server/keys/root-key.ts'
import { RestoreUnfinished } from '#server/store/restore-marker.ts'
import { MigrationFailed, SchemaNewer } from '#server/store/schema-version.ts'
import { DatabaseRefused } from '#server/store/engines/postgres-refusal.ts'
import { StoreMoved } from '#server/store/moved-marker.ts'
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
    error instanceof MigrationFailed ||
    error instanceof SchemaNewer ||
    error instanceof StoreLocked ||
    error instanceof StoreMoved ||
    error instanceof DatabaseRefused
  const { error: name, code } = faultOf(error)
  process.stderr.write(
    isClear
      ? `${error.message}\n`
      : `Kotikäynti stopped: ${[name, code].filter(Boolean).join(' ')}\n`
  )
  process.exit(1)
}

/** When garbage is a tenth of what is in use, V8 collects it: by default it may become several times as much. */
const garbagePercent = 10

async function start(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${garbagePercent}`)
  const config = readConfig(process.env)
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

interface Due {
  /** Begins nothing more, and waits for what is in hand, so many milliseconds at the most: what is cut is gone on with. */
  stop(patienceMilliseconds: number): Promise<void>
}

/** Of several processes one does what is due for all. */
function scheduleJobs(app: App, backups: Backups): Due {
  let clockState: ClockState = 'right'
  const told = (error: unknown) => {
    log.write('jobs-failed', faultOf(error))
  }
  const doDue = async () => {
    try {
      clockState = await runJobs(app, clockState)
    } catch (error) {
      told(error)
    }
    await backups.runDue()
  }
  let running: Promise<unknown> = Promise.resolve()
  const run = () => (running = app.parts.store.alone('jobs', doDue).catch(told))
  void run()
  const hourly = new Cron('0 * * * *', { protect: true }, async () => {
    await run()
  })
  return {
    async stop(patienceMilliseconds) {
      hourly.stop()
      const patience = new Promise((resolve) => setTimeout(resolve, patienceMilliseconds).unref())
      await Promise.race([running, patience])
    }
  }
}

function stopCleanly(listening: Listening, app: App, due: Due): void {
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    app.hangUp()
    await Promise.all([listening.close(10_000), due.stop(10_000)])
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
