import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.js'
import { ensureChromium } from './chromium.js'
import { root, run } from './run.js'

/** What `npm test` does shortly, for as many minutes as are asked: `npm run soak -- 60`. */
const minutes = Number(process.argv[2] ?? 30)
if (!(minutes > 0)) {
  console.error('How many minutes? npm run soak -- 60')
  process.exit(1)
}

/** One round. Another one begins as long as there is time, so that each history starts from a fresh register. */
const round = {
  histories: 1000,
  kills: 60,
  deletions: 100,
  restoreKills: 10,
  browserKills: 50,
  races: 200,
  flips: 100_000
}

const file = join(root, 'bench', 'soak.md')

const heading = `# Soak

The laws and the kills that \`npm test\` holds shortly, for long: \`npm run soak -- 60\` runs them for 60 minutes and adds a line here.
A *history* is one interleaving of edits, cuts, retries and duplicate deliveries by three tablets, which must converge with each
operation applied once. A *kill* is a SIGKILL of a real server process in the middle of pushes, after which everything that was
acknowledged must be there exactly once. Each round also flips 100,000 bits of what lies sealed or wrapped on a tablet, none of
which may open, pulls a tablet's plug at each step of its enrolment, first fetch, purge and wipe, and walks the long journeys: locking,
the shared and the lost tablet, delivery while locked, storage, a browser that lacks much, the scan of a whole profile, updates, with
200 races in which a newer version arrives while another one takes over, and a browser that is killed 50 times in the middle of a
working day.

| date | machine | command | histories | kills | outcome |
|---|---|---|---|---|---|
`

async function runRound() {
  const tests = [
    'tests/laws/convergence.test.ts',
    'tests/laws/deletion.test.ts',
    'tests/promises/07-backups.test.ts',
    'tests/promises/killed-server.test.ts',
    'tests/promises/killed-tablet.test.ts',
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
  return run('vitest', ['run', '--project', 'unit*', '--reporter', 'dot', ...tests], {
    quiet: true,
    env: {
      KOTIKAYNTI_HISTORIES: String(round.histories),
      KOTIKAYNTI_KILLS: String(round.kills),
      KOTIKAYNTI_RESTORE_KILLS: String(round.restoreKills),
      KOTIKAYNTI_DELETIONS: String(round.deletions),
      KOTIKAYNTI_FLIPS: String(round.flips),
      KOTIKAYNTI_STEP_STRIDE: '1'
    }
  })
}

/** @param {number} rounds @param {boolean} isGood */
function writeDown(rounds, isGood) {
  const written = existsSync(file) ? readFileSync(file, 'utf8') : heading
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}`
  const cells = [
    new Date().toISOString().slice(0, 10),
    machine,
    `\`npm run soak -- ${minutes}\``,
    rounds * round.histories,
    rounds * round.kills,
    isGood ? 'nothing lost, nothing twice' : '**failed in the last round**'
  ]
  writeFileSync(file, `${written}| ${cells.join(' | ')} |\n`)
}

await ensureChromium()
await ensureBuilt()

const until = performance.now() + minutes * 60_000
let rounds = 0
let isGood = true
while (isGood && (rounds === 0 || performance.now() < until)) {
  const { code, output, seconds } = await runRound()
  rounds += 1
  isGood = code === 0
  if (!isGood) console.error(output)
  console.log(
    `Round ${rounds}: ${round.histories} histories and ${round.kills} kills in ${seconds.toFixed(0)} s, ${isGood ? 'good' : 'FAILED'}`
  )
}
writeDown(rounds, isGood)
process.exitCode = isGood ? 0 : 1
