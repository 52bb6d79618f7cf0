import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Envelope } from '#contract/envelope.ts'
import type { UserId } from '#contract/id.ts'
import { systemClock } from '#server/clock.ts'
import { freePort } from '#tests/support/server-process.ts'
import type { WireTablet } from '#tests/support/tablet.ts'
import { World } from '#tests/support/world.ts'
import { deliver, people, pull, timed, work } from './crew.ts'
import { type Figure, medianOf, percentileOf } from './figures.ts'
import { fillShift, type Visiting } from './shift-register.ts'
import { Watched } from './watched.ts'

/** Those who fetch for the first time, together, with sixty families each. */
const newcomers = 100
const familiesOfNewcomer = 60
/** Those of an ordinary day, with twelve families each, of which they visit eight. */
const tablets = 500
const familiesEach = 12
const visitsEach = 8
const morningMilliseconds = 60_000
const eveningMilliseconds = 60_000
const idlePulls = 200
const families = newcomers * familiesOfNewcomer

/** The register of a county: each family has one worker of the day and one newcomer. */
async function fill(world: World, workers: readonly UserId[], fresh: readonly UserId[]) {
  const all = Array.from({ length: families }, (_, index): Visiting[] => {
    const mine = Math.floor(index / familiesEach)
    const number = index % familiesEach
    const worker = workers[mine]
    const newcomer = fresh[index % fresh.length]
    return [
      ...(worker ? [{ worker, hour: number < visitsEach ? 8 + number : null }] : []),
      ...(newcomer ? [{ worker: newcomer, hour: null }] : [])
    ]
  })
  return fillShift(world.parts, all)
}

/** Everybody at some moment of the span, evenly; answers how long each took, in milliseconds. */
function spread<T>(
  all: readonly T[],
  span: number,
  act: (one: T) => Promise<number>
): Promise<number[]> {
  return Promise.all(
    all.map(async (one, index) => {
      await pause((index / all.length) * span)
      return act(one)
    })
  )
}

interface Idle {
  readonly milliseconds: number
  readonly bytesThere: number
  readonly bytesBack: number
}

/** Nothing has changed since: what a tablet of sixty families asks each minute. */
async function idle(tablet: WireTablet): Promise<Idle> {
  const taken: number[] = []
  const { have: _, ...request } = tablet.pullRequest()
  const asked = { ...request, haveDigest: tablet.haveDigest() }
  let bytesBack = 0
  for (let round = 0; round < idlePulls; round += 1)
    taken.push(
      await timed(async () => {
        const answer = await tablet.askPull(asked)
        if (answer.status !== 200) throw new Error(`pull answered ${answer.status}`)
        bytesBack = Buffer.byteLength(answer.text)
      })
    )
  const bytesThere = Buffer.byteLength(JSON.stringify(asked))
  return { milliseconds: medianOf(taken.slice(idlePulls / 10)), bytesThere, bytesBack }
}

/** The same tablet in a register that holds nothing else. */
async function idleAlone(folder: string): Promise<Idle> {
  const world = await World.create({ now: systemClock.now() })
  const port = await freePort()
  try {
    const [tablet] = await people(world, 1)
    if (!tablet) throw new Error('no tablet')
    const mine = Array.from({ length: familiesOfNewcomer }, () => [
      { worker: tablet.user.id, hour: null }
    ])
    await fillShift(world.parts, mine)
    await world.stop()
    const { server } = new Watched(port, world.env, folder)
    await server.start()
    world.elsewhere = `http://127.0.0.1:${port}`
    try {
      await tablet.pull()
      await tablet.pull()
      return await idle(tablet)
    } finally {
      await server.stop()
    }
  } finally {
    await world.close()
  }
}

/** Five hundred tablets on the machine that the server runs on: what is measured includes what they themselves take. */
export async function measureShift(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'shift-'))
  const alone = await idleAlone(folder)
  const world = await World.create({ now: systemClock.now() })
  const port = await freePort()
  const watched = new Watched(port, world.env, folder)
  try {
    const fresh = await people(world, newcomers)
    const crew = await people(world, tablets)
    const day = await fill(
      world,
      crew.map(({ user }) => user.id),
      fresh.map(({ user }) => user.id)
    )
    await world.stop()
    await watched.server.start()
    world.elsewhere = `http://127.0.0.1:${port}`

    await watched.stalls()
    let together = 0
    const answers = await Promise.all(
      fresh.map(async (tablet) => {
        const from = performance.now()
        const answer = await tablet.askPull()
        together = Math.max(together, performance.now() - from)
        return { tablet, answer }
      })
    )
    const fetching = await watched.stalls()
    for (const { tablet, answer } of answers) tablet.take(answer)

    for (const tablet of crew) await tablet.pull()
    await watched.stalls()
    const morning = await spread(crew, morningMilliseconds, pull)
    const calm = await watched.stalls()

    const [first] = fresh
    if (!first) throw new Error('no tablet')
    await first.pull()
    const among = await idle(first)

    const days = new Map<WireTablet, Envelope[]>()
    for (const tablet of crew)
      days.set(tablet, await work(world, tablet, day.get(tablet.user.id) ?? []))
    await watched.stalls()
    const evening = await spread(crew, eveningMilliseconds, (tablet) =>
      deliver(tablet, days.get(tablet) ?? [])
    )
    const busy = await watched.stalls()
    const operations = [...days.values()].reduce((sum, envelopes) => sum + envelopes.length, 0)
    return [
      {
        what: `${newcomers} tablets fetch ${familiesOfNewcomer} customerships of 1,000 entries in all for the first time, together`,
        value: `${(together / 1000).toFixed(1)} s`,
        beside: `longest stall ${Math.round(fetching.longest)} ms`,
        ratio: '',
        allowed: 'within 30 s',
        holds: together <= 30_000
      },
      {
        what: `A pull of ${familiesOfNewcomer} customerships with nothing changed, among ${families}, beside in a register of its own`,
        value: `${among.milliseconds.toFixed(1)} ms`,
        beside: `${alone.milliseconds.toFixed(1)} ms`,
        ratio: (among.milliseconds / alone.milliseconds).toFixed(2),
        allowed: 'under 5 ms, and at most 1.2',
        holds: among.milliseconds < 5 && among.milliseconds / alone.milliseconds <= 1.2
      },
      {
        what: 'What it sends, beside what comes back',
        value: `${among.bytesThere} B`,
        beside: `${among.bytesBack} B`,
        ratio: '',
        allowed: 'under 1 kB each way',
        holds: among.bytesThere < 1000 && among.bytesBack < 1000
      },
      {
        what: `A pull at 7.30, when ${tablets} tablets ask within a minute, 99th percentile`,
        value: `${Math.round(percentileOf(morning, 0.99))} ms`,
        beside: `longest stall ${Math.round(calm.longest)} ms`,
        ratio: '',
        allowed: 'under 250 ms',
        holds: percentileOf(morning, 0.99) < 250
      },
      {
        what: `A pull at 16.00, when ${tablets} tablets push ${operations} operations of eight hours within a minute, 99th percentile`,
        value: `${Math.round(percentileOf(evening, 0.99))} ms`,
        beside: `median ${Math.round(medianOf(evening))} ms`,
        ratio: '',
        allowed: 'under 250 ms',
        holds: percentileOf(evening, 0.99) < 250
      },
      {
        what: 'The longest that the server stood still meanwhile',
        value: `${Math.round(busy.longest)} ms`,
        beside: `${Math.round(busy.bytes / 2 ** 20)} MiB in memory`,
        ratio: '',
        allowed: 'at most 100 ms',
        holds: busy.longest <= 100
      }
    ]
  } finally {
    await watched.server.stop()
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}
