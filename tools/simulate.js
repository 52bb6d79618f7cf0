import { run } from './run.js'

/** @typedef {{ seed: number, played: number, failed: number | null }} Played */

/** A process plays so many at most: what it gathers meanwhile goes with it. */
const mostInOne = 2000

/** Of its lines those that say how far it is, and which one failed; what happened in that one is told at its end. */
const pace = /^(\d+ histories|history \d+) of seed /

/** Anew each time: what one run did not find, the next may. */
const newSeed = () => Math.floor(Math.random() * 2 ** 31)

/** @param {string} line */
function readPlayed(line) {
  const said = /** @type {unknown} */ (JSON.parse(line))
  return /** @type {Played} */ (said)
}

/**
 * Plays simulated histories, each process those of a seed of its own, for some minutes or some of them; tells how
 * far they are.
 *
 * @param {{ players: number, minutes?: number, histories?: number, tell?: (line: string) => void }} asked
 * @returns {Promise<{ played: Played[], output: string }>} `output` is empty when nothing failed.
 */
export async function simulate({ players, minutes, histories = mostInOne, tell }) {
  const until = performance.now() + (minutes ?? 0) * 60_000
  const minutesLeft = () => (until - performance.now()) / 60_000
  /** @type {Played[]} */
  const played = []
  let output = ''

  async function play() {
    const env = {
      KOTIKAYNTI_SEED: String(newSeed()),
      KOTIKAYNTI_SIMULATIONS: String(histories),
      ...(minutes === undefined ? {} : { KOTIKAYNTI_MINUTES: String(minutesLeft()) })
    }
    const args = [
      '--disable-warning=ExperimentalWarning',
      ...['--import', './tests/simulator/loading.ts', 'tests/simulator/play.ts']
    ]
    const done = await run('node', args, {
      ...{ quiet: true, env },
      tell: (line) => {
        if (pace.test(line)) tell?.(line)
      }
    })
    const last = done.output.trimEnd().split('\n').at(-1) ?? ''
    if (last.startsWith('{"seed"')) played.push(readPlayed(last))
    if (done.code !== 0) output += done.output
  }

  async function playOn() {
    do await play()
    while (
      // What takes half a minute to begin is not begun for less.
      minutes !== undefined &&
      minutesLeft() > 0.5 &&
      output === ''
    )
  }

  await Promise.all(Array.from({ length: players }, playOn))
  return { played, output }
}
