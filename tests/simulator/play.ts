import { stage } from './stage.ts'
import fc from 'fast-check'
import { Cast } from './cast.ts'
import { story, type Story } from './happening.ts'
import { History } from './history.ts'
import { real } from './real.ts'

/**
 * Plays the histories of one seed, for so many minutes or so many of them, without a test runner around them:
 * `node --import ./tests/simulator/loading.ts tests/simulator/play.ts`. Its last line says how it went, for
 * whoever started it. A failing history is made as short as it gets, and told.
 */
const {
  KOTIKAYNTI_SIMULATIONS: count = '2000',
  KOTIKAYNTI_MINUTES: minutes = '1440',
  KOTIKAYNTI_SEED: given,
  KOTIKAYNTI_PATH: path
} = process.env

const seed = Number(given ?? Math.floor(Math.random() * 2 ** 31))
const tellEverySeconds = 60
/** Of the one history that is told, not of each that is played. */
const framesTold = 40
const longestShortening = 5 * 60_000

const cast = await Cast.gather()
stage.frames = 0
// What is loaded when it is first needed is loaded.
for (const one of fc.sample(story, { seed: 1, numRuns: 3 })) await History.play(cast, one)

let played = 0
let toldAt = real.now()
let isShortening = false
const before = process.cpuUsage()

function pace(): string {
  const { user, system } = process.cpuUsage(before)
  return `${played} histories of seed ${seed}, ${Math.round((user + system) / 1000 / Math.max(1, played))} ms of processor each`
}

const property = fc.asyncProperty(story, async (all) => {
  await History.play(cast, all)
  played += 1
  if (isShortening || real.now() - toldAt < tellEverySeconds * 1000) return
  toldAt = real.now()
  console.log(pace())
})

/** The shortest one that fails too, and what happens in it. */
async function shorten(from: string): Promise<string> {
  isShortening = true
  const { counterexample, counterexamplePath } = await fc.check(property, {
    ...{ seed, path: from },
    // Not in the middle of one: it would go on beneath the telling of the shortest.
    skipAllAfterTimeLimit: longestShortening
  })
  const [shortest] = (counterexample ?? []) as Story[]
  stage.frames = framesTold
  const why: unknown =
    shortest && (await History.play(cast, shortest).then(() => 'not again', String))
  return `KOTIKAYNTI_SEED=${seed} KOTIKAYNTI_PATH=${counterexamplePath} plays the shortest again: ${JSON.stringify(shortest)}\n${String(why)}`
}

const run = await fc.check(property, {
  ...{ seed, numRuns: Number(count), endOnFailure: true },
  interruptAfterTimeLimit: Math.max(1, Number(minutes) * 60_000 - performance.now()),
  ...(path === undefined ? {} : { path })
})
console.log(pace())
// What is played again to shorten it is not counted.
const inAll = played
if (run.failed) {
  const found = run.counterexamplePath ?? '0'
  console.log(`history ${run.numRuns} of seed ${seed} failed (KOTIKAYNTI_PATH=${found})`)
  console.log(String(run.errorInstance))
  console.log(await shorten(found))
}
await cast.close()
console.log(JSON.stringify({ seed, played: inAll, failed: run.failed ? run.numRuns : null }))
process.exit(run.failed ? 1 : 0)
