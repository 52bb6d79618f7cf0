import { ensureBuilt } from './build.js'
import { check, runTests, table, tell } from './checks.js'
import { ensureChromium } from './chromium.js'
import { ensureInstalled } from './install.js'

/** @typedef {import('./checks.js').Outcome} Outcome */

/** @param {string} name @param {() => Promise<void>} prepare @returns {Promise<Outcome>} */
async function preparing(name, prepare) {
  const started = performance.now()
  let output = ''
  try {
    await prepare()
  } catch (error) {
    output = error instanceof Error ? error.message : String(error)
  }
  const seconds = (performance.now() - started) / 1000
  return { name, seconds, passed: 0, failed: output === '' ? 0 : 1, output }
}

/** @type {Outcome[]} */
const outcomes = []
/** @param {Outcome} outcome */
const keep = (outcome) => {
  tell(outcome)
  outcomes.push(outcome)
  return outcome.failed === 0
}

const isReady =
  keep(await preparing('install', ensureInstalled)) &&
  keep(await preparing('chromium', ensureChromium)) &&
  keep(await preparing('build', ensureBuilt))
if (isReady) {
  outcomes.push(...(await check()))
  keep(await runTests('journeys'))
}

/** @param {'passed' | 'failed'} key */
const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
console.log('')
table(outcomes)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') > 0 ? 1 : 0
