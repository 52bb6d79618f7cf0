import { ensureBuilt } from '#tools/build.js'
import { ensureChromium } from '#tools/chromium.js'
import { run } from '#tools/run.js'
import { simulate } from '#tools/simulate.js'
import { writeDown } from './book.js'
import { countOf, failureOf, seedsOf } from './simulator.js'

/** @typedef {import('#tools/simulate.js').Played} Played */

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

const underFireJourney = 'tests/journeys/under-fire.test.ts'

/** Every simulated history so far. @type {Played[]} */
const simulated = []

/** @param {{ players: number, histories: number }} asked */
async function playHistories(asked) {
  const started = performance.now()
  const { played, output } = await simulate({ ...asked, tell: console.log })
  simulated.push(...played)
  return { code: output === '' ? 0 : 1, output, seconds: (performance.now() - started) / 1000 }
}

async function runRound() {
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

/** What `npm test` does shortly, again and again for so many minutes. @param {number} minutes */
export async function soakRounds(minutes) {
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
      `Round ${rounds}: ${countOf(simulated)} simulated so far, the last in ${seconds.toFixed(0)} s, ${isGood ? 'good' : 'FAILED'}`
    )
  }
  writeDown({
    histories: rounds * round.histories,
    simulated: countOf(simulated),
    kills: String(rounds * round.kills),
    more: seedsOf(simulated),
    outcome: isGood
      ? 'nothing lost, doubled, stuck or untrue'
      : `${failureOf(simulated)} in round ${rounds}`
  })
  return isGood
}
