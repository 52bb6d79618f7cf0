import './stage.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Cast } from './cast.ts'
import { story } from './happening.ts'
import { History } from './history.ts'

/** A failing run names its seed and its path: given here, it is played again. */
const {
  KOTIKAYNTI_SIMULATIONS: count = '60',
  KOTIKAYNTI_SEED: seed = '2026',
  KOTIKAYNTI_PATH: path
} = process.env

let cast: Cast
beforeAll(async () => {
  cast = await Cast.gather()
  // What is loaded when it is first needed is loaded.
  for (const one of fc.sample(story, { seed: 1, numRuns: 3 })) await History.play(cast, one)
}, 120_000)
afterAll(() => cast.close())

test('the same seed plays the same history, to the last turn', { timeout: 120_000 }, async () => {
  for (const one of fc.sample(story, { seed: 7, numRuns: 4 })) {
    // What a process keeps in memory from other histories is worn off by the first.
    await History.play(cast, one)
    const [first, second] = [await History.play(cast, one), await History.play(cast, one)]
    expect(second.lines).toEqual(first.lines)
  }
})

test(
  'whatever happens on the way, nothing is lost, doubled, stuck or told untruly, and all readers agree',
  { timeout: 86_400_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(story, async (all) => {
        await History.play(cast, all)
      }),
      {
        ...{ numRuns: Number(count), seed: Number(seed) },
        ...(path === undefined ? {} : { path })
      }
    )
  }
)
