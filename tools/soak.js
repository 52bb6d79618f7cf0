import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.js'
import { ensureChromium } from './chromium.js'
import { root, run } from './run.js'
import { simulate } from './simulate.js'

/** @typedef {import('./simulate.js').Played} Played */

/** What `npm test` does shortly, for as many minutes as are asked: `npm run soak -- 60`. */
const minutes = Number(process.argv[2] ?? 30)
/** `npm run soak -- 60 simulator` plays simulated histories and nothing else, on every core or on so many. */
const isSimulatorOnly = process.argv[3] === 'simulator'
const cores = Number(process.argv[4] ?? cpus().length)
if (!(minutes > 0) || !(cores >= 1) || (process.argv[3] !== undefined && !isSimulatorOnly)) {
  console.error(
    'How many minutes? npm run soak -- 60, or npm run soak -- 60 simulator, or on one core npm run soak -- 60 simulator 1'
  )
  process.exit(1)
}

/** One round. Another one begins as long as there is time, so that each history starts from a fresh register. */
const round = {
  histories: 1000,
  simulations: 500,
  kills: 60,
  powerCuts: 60,
  replacements: 60,
  deletions: 100,
  restoreKills: 10,
  browserKills: 50,
  races: 200,
  walks: 10,
  flips: 100_000
}

const file = join(root, 'bench', 'soak.md')
const underFireJourney = 'tests/journeys/under-fire.test.ts'

const heading = `# Soak

The laws and the kills that \`npm test\` holds shortly, for long: \`npm run soak -- 60\` runs them for 60 minutes and adds a line here.
A *history* is one interleaving of edits, cuts, retries and duplicate deliveries by three tablets, which must converge with each
operation applied once. A *kill* is a SIGKILL of a real server process in the middle of pushes, after which everything that was
acknowledged must be there exactly once. As often the power goes as well: of each sector that was written and not synced, chance
decides whether the disk has it. As often a server is replaced under the pushes of three tablets, two times of three as an upgrade
does it and the third by a SIGKILL. A *simulated* history is the whole code of tablets, office and server under one scheduler
(\`tests/simulator\`), by a seed of its own: \`npm run soak -- 60 simulator\` plays these alone, on every core, or with a \`1\` behind it on one. Each round also flips 100,000 bits
of what lies sealed or wrapped on a tablet, none of
which may open, pulls a tablet's plug at each step of its enrolment, first fetch, purge and wipe, and walks the long journeys: locking,
the shared and the lost tablet, delivery while locked, storage, a browser that lacks much, the scan of a whole profile, updates, with
200 races in which a newer version arrives while another one takes over, and a browser that is killed 50 times in the middle of a
working day. Ten working days are walked over a network that does something else to every request, drawn from a seed, with what the
tablet says held against what the server has after each step.

| date | machine | command | histories | simulated | kills | outcome |
|---|---|---|---|---|---|---|
`

/** Every simulated history so far. @type {Played[]} */
const simulated = []

/** @param {{ players: number, minutes?: number, histories?: number }} asked */
async function playHistories(asked) {
  const started = performance.now()
  const { played, output } = await simulate({ ...asked, tell: console.log })
  simulated.push(...played)
  return { code: output === '' ? 0 : 1, output, seconds: (performance.now() - started) / 1000 }
}

/** Until the time is over: no round is begun anew. */
const simulateAlone = () => playHistories({ players: cores, minutes })

async function runRound() {
  if (isSimulatorOnly) return simulateAlone()
  const simulation = await playHistories({ players: 1, histories: round.simulations })
  if (simulation.code !== 0) return simulation
  const lint = await run('eslint', ['.', '--max-warnings', '0'], {
    quiet: true,
    env: { KOTIKAYNTI_LINT: 'whole' }
  })
  if (lint.code !== 0) return lint
  const tests = [
    'tests/laws/convergence.test.ts',
    'tests/laws/deletion.test.ts',
    'tests/laws/two-sides.test.ts',
    'tests/promises/07-backups.test.ts',
    'tests/promises/killed-server.test.ts',
    'tests/promises/killed-tablet.test.ts',
    'tests/promises/power-loss.test.ts',
    'tests/promises/replaced-server.test.ts',
    'tests/promises/root-key.test.ts',
    'src/lib/vault/tampering.test.ts',
    'src/lib/vault/wrapping.test.ts'
  ]
  const journeys = await run('vitest', ['run', '--project', 'long', '--reporter', 'dot'], {
    quiet: true,
    env: {
      KOTIKAYNTI_BROWSER_KILLS: String(round.browserKills),
      KOTIKAYNTI_RACES: String(round.races)
    }
  })
  if (journeys.code !== 0) return journeys
  const underFire = ['run', '--project', 'journeys', '--reporter', 'dot', underFireJourney]
  const walks = await run('vitest', underFire, {
    quiet: true,
    env: { KOTIKAYNTI_WALKS: String(round.walks) }
  })
  if (walks.code !== 0) return walks
  return run('vitest', ['run', '--project', 'unit*', '--reporter', 'dot', ...tests], {
    quiet: true,
    env: {
      KOTIKAYNTI_HISTORIES: String(round.histories),
      KOTIKAYNTI_KILLS: String(round.kills),
      KOTIKAYNTI_POWER_CUTS: String(round.powerCuts),
      KOTIKAYNTI_REPLACEMENTS: String(round.replacements),
      KOTIKAYNTI_RESTORE_KILLS: String(round.restoreKills),
      KOTIKAYNTI_DELETIONS: String(round.deletions),
      KOTIKAYNTI_FLIPS: String(round.flips),
      KOTIKAYNTI_STEP_STRIDE: '1'
    }
  })
}

const countSimulated = () => simulated.reduce((sum, { played }) => sum + played, 0)

/** Each with how many of it were played: a run that is made again with one of them plays the same. */
const seeds = () => simulated.map(({ seed, played }) => `${seed} (${played})`).join(', ')

/** @param {number} rounds */
function failure(rounds) {
  const found = simulated.find(({ failed }) => failed !== null)
  return found
    ? `**failed**: history ${found.failed} of seed ${found.seed}`
    : `**failed** in round ${rounds}`
}

/** @param {number} rounds @param {boolean} isGood */
function writeDown(rounds, isGood) {
  const written = existsSync(file) ? readFileSync(file, 'utf8') : heading
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}`
  const cells = [
    new Date().toISOString().slice(0, 10),
    machine,
    `\`npm run soak -- ${process.argv.slice(2).join(' ')}\`, seeds ${seeds()}`,
    isSimulatorOnly ? '–' : rounds * round.histories,
    countSimulated(),
    isSimulatorOnly ? '–' : rounds * round.kills,
    isGood ? 'nothing lost, doubled, stuck or untrue' : failure(rounds)
  ]
  writeFileSync(file, `${written}| ${cells.join(' | ')} |\n`)
}

if (!isSimulatorOnly) {
  await ensureChromium()
  await ensureBuilt()
}

const until = performance.now() + minutes * 60_000
let rounds = 0
let isGood = true
while (isGood && (rounds === 0 || (!isSimulatorOnly && performance.now() < until))) {
  const { code, output, seconds } = await runRound()
  rounds += 1
  isGood = code === 0
  if (!isGood) console.error(output)
  console.log(
    `Round ${rounds}: ${countSimulated()} simulated so far, the last in ${seconds.toFixed(0)} s, ${isGood ? 'good' : 'FAILED'}`
  )
}
writeDown(rounds, isGood)
process.exitCode = isGood ? 0 : 1
