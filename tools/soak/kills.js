import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '#tools/build.js'
import { ensureChromium } from '#tools/chromium.js'
import { run } from '#tools/run.js'
import { writeDown } from './book.js'

/** Of one household: its worker's clients are as many. */
const browserKillsAtOnce = 20
/** A browser takes as long to come back as five servers. */
const serversPerBrowser = 5

/** @param {string} project @param {string} test @param {Record<string, string>} env */
const test = (project, test, env) =>
  run('vitest', ['run', '--project', project, '--reporter', 'dot', test], { quiet: true, env })

/** @param {string} text */
const sumOf = (text) =>
  text
    .trim()
    .split('\n')
    .reduce((sum, line) => {
      const { acknowledged } = /** @type {{ acknowledged: number }} */ (JSON.parse(line))
      return sum + acknowledged
    }, 0)

/**
 * So many kills of a server under full requests, each followed by a look through its files, and a fifth as many of a
 * browser in the middle of a working day.
 *
 * @param {number} kills
 */
export async function soakKills(kills) {
  await ensureChromium()
  await ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'kills-'))
  const tally = join(folder, 'tally')
  try {
    const servers = await test('unit*', 'tests/promises/killed-server.test.ts', {
      KOTIKAYNTI_KILLS: String(kills),
      KOTIKAYNTI_TALLY: tally
    })
    if (servers.code !== 0) return failed(servers.output)
    const acknowledged = sumOf(readFileSync(tally, 'utf8'))
    console.log(`${kills} kills of a server, ${acknowledged} acknowledged`)
    let browsers = 0
    while (browsers < kills / serversPerBrowser) {
      const journey = await test('long', 'tests/journeys/killed-browser.test.ts', {
        KOTIKAYNTI_BROWSER_KILLS: String(browserKillsAtOnce)
      })
      if (journey.code !== 0) return failed(journey.output)
      browsers += browserKillsAtOnce
      console.log(`${browsers} kills of a browser`)
    }
    writeDown({
      kills: `${kills} of a server, ${browsers} of a browser`,
      outcome: `${acknowledged} acknowledged, none lost or doubled, every file whole after each`
    })
    return true
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @param {string} output */
function failed(output) {
  console.error(output)
  writeDown({ outcome: '**failed**' })
  return false
}
