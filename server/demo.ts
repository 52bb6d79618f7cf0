import { toMoment } from '#contract/day.ts'
import { ensureDemo } from '#server/demo/ensure-demo.ts'
import { markPractice } from '#server/demo/marker.ts'
import { PracticeClock } from '#server/demo/practice-clock.ts'
import { demoSignIns } from '#server/demo/staff.ts'
import { buildApp, starting } from './app.ts'
import { systemClock } from './clock.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { Listening, ListenError } from './listening.ts'
import { createLog } from './log.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Two origins of one server: cookies and storage of their own, so that office and tablet fit one browser. */
function practiceConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { PORT, HOST } = env
  const { port } = readConfig({ PORT, HOST })
  return readConfig({
    PORT,
    HOST,
    KOTIKAYNTI_ORIGIN: `http://localhost:${port},http://tabletti.localhost:${port}`,
    KOTIKAYNTI_DATA: './demo/data',
    KOTIKAYNTI_KEYS: './demo/keys',
    KOTIKAYNTI_KEYS_BACKUP: './demo/keys-copy'
  })
}

function tellAddresses(origins: readonly string[]): void {
  const [office = '', tablet = ''] = origins
  const roles = { 'main-user': 'Coordinator', worker: 'Worker' } as const
  say('')
  say('Kotikäynti, with practice data (Harjoitusaineisto: every person is invented)')
  say('')
  say(`  The office   ${office}`)
  say(`  The tablet   ${tablet}`)
  say('')
  for (const { role, username, password } of demoSignIns)
    say(`  ${roles[role].padEnd(12)} ${username.padEnd(18)} ${password}`)
  say('')
  say('  o  closes the network, and opens it again')
  say('  q  quits')
  say('')
}

/** Real keys in a terminal, and the same letters from a pipe. */
function readKeys(press: (key: string) => void): void {
  const { stdin } = process
  if (stdin.isTTY) stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.on('data', (keys: string) => {
    for (const key of keys) press(key)
  })
}

async function start(): Promise<void> {
  const config = practiceConfig(process.env)
  if (markPractice(config.dataFolder) === 'holds-a-register')
    throw new ConfigError('The folder ./demo/data', 'holds a register that is not practice data')
  const listening = new Listening(config, starting)
  await listening.open()
  const log = createLog(
    () => toMoment(systemClock.now()),
    () => undefined
  )
  const clock = new PracticeClock(systemClock)
  const app = await buildApp({ config, clock, log, signIns: demoSignIns })
  say('Preparing the practice data…')
  await ensureDemo(app.parts)
  await app.jobs.runDue()
  listening.serve((request, env) => app.fetch(request, env))
  tellAddresses(config.origins)

  let turn = Promise.resolve()
  const inTurn = (act: () => Promise<void>) => (turn = turn.then(act).catch(leave))
  const toggle = async () => {
    if (listening.isOpen) {
      await listening.close()
      say(`The network is closed: port ${config.port} answers nobody. Press o to open it.`)
    } else {
      await listening.open()
      say(`The network is open again at port ${config.port}.`)
    }
  }
  const quit = async () => {
    await listening.close()
    await app.close()
    process.exit(0)
  }
  readKeys((key) => {
    if (key === 'o') void inTurn(toggle)
    if (key === 'q' || key === '\u0003') void inTurn(quit)
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void inTurn(quit))
}

function leave(error: unknown): never {
  const isClear = error instanceof ConfigError || error instanceof ListenError
  const advice = error instanceof ListenError ? ' Another one: PORT=3100 npm start' : ''
  process.stderr.write(
    isClear
      ? `${error.message}${advice}\n`
      : `${error instanceof Error ? (error.stack ?? error.name) : 'failed'}\n`
  )
  process.exit(1)
}

start().catch(leave)
