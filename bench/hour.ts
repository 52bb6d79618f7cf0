import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { protocolHeader } from '#contract/version.ts'
import { systemClock } from '#server/clock.ts'
import { freePort } from '#tests/support/server-process.ts'
import type { WireTablet } from '#tests/support/tablet.ts'
import { World } from '#tests/support/world.ts'
import { deliver, people, pull, work } from './crew.ts'
import { medianOf, percentileOf } from './figures.ts'
import { fillShift, type ShiftVisit } from './shift-register.ts'
import { Watched } from './watched.ts'

/**
 * A server among the tablets of a whole provider for as many minutes as are told, to see whether its memory grows:
 * each tablet listens, asks once a minute and hands over a visit now and then. The last line says what was seen.
 */
const tablets = 500
const familiesEach = 12
const visitsEach = 8
/** Of those that listen so many hang up and call again each minute. */
const callsAnew = 50
const minuteMilliseconds = 60_000
/** Caches fill and code is compiled until then. */
const warmMinutes = 10
/** How much larger the last minutes' may be than the first's. */
const mostGrowth = 1.1

/** The line on which a tablet hears that there is something to fetch. */
class Line {
  readonly #hangUp = new AbortController()

  constructor(address: string, { device, client }: WireTablet) {
    const Cookie = [...client.cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { Cookie, [protocolHeader]: '1' }
    void this.#listen(`${address}/api/devices/${device}/live`, headers)
  }

  async #listen(url: string, headers: Record<string, string>): Promise<void> {
    const { signal } = this.#hangUp
    try {
      const { status, body } = await fetch(url, { headers, signal })
      if (status !== 200 || !body) throw new Error(`the line answered ${status}`)
      await body.pipeTo(new WritableStream())
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  hangUp(): void {
    this.#hangUp.abort()
  }
}

/** Each tablet at a moment of its own; answers how long the pulls took. */
function throughTheMinute(
  crew: readonly WireTablet[],
  act: (tablet: WireTablet, index: number) => Promise<number>
): Promise<number[]> {
  return Promise.all(
    crew.map(async (tablet, index) => {
      await pause((index / crew.length) * minuteMilliseconds)
      return act(tablet, index)
    })
  )
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** Each tablet listens; some hang up and call again. */
class Lines {
  readonly #crew: readonly WireTablet[]
  readonly #address: string
  readonly #lines: Line[]

  constructor(crew: readonly WireTablet[], address: string) {
    this.#crew = crew
    this.#address = address
    this.#lines = crew.map((tablet) => new Line(address, tablet))
  }

  callAnew(minute: number): void {
    for (let call = 0; call < callsAnew; call += 1) {
      const at = (minute * callsAnew + call) % this.#crew.length
      const tablet = this.#crew[at]
      this.#lines[at]?.hangUp()
      if (tablet) this.#lines[at] = new Line(this.#address, tablet)
    }
  }

  hangUp(): void {
    for (const line of this.#lines) line.hangUp()
  }
}

/** The visits of a day, handed over one by one in the course of the time. */
class Day {
  operations = 0
  readonly #left = new Map<WireTablet, ShiftVisit[]>()
  readonly #world: World
  readonly #minutes: number

  constructor(world: World, minutes: number) {
    this.#world = world
    this.#minutes = minutes
  }

  plan(tablet: WireTablet, visits: readonly ShiftVisit[]): void {
    this.#left.set(tablet, [...visits])
  }

  /** A pull, after a visit where one is due; answers how long the pull took. */
  async contact(tablet: WireTablet, minute: number, index: number): Promise<number> {
    const visits = this.#left.get(tablet) ?? []
    const due = Math.ceil(((minute + (index % 7) / 7) / this.#minutes) * visitsEach)
    if (visitsEach - visits.length >= due) return pull(tablet)
    const envelopes = await work(this.#world, tablet, visits.splice(0, 1))
    this.operations += envelopes.length
    const taken = await deliver(tablet, envelopes)
    await tablet.pull()
    return taken
  }
}

/** Eight of each tablet's twelve families are visited on this day. */
async function fill(world: World, crew: readonly WireTablet[], day: Day): Promise<void> {
  const families = crew.flatMap(({ user: { id: worker } }) =>
    Array.from({ length: familiesEach }, (_, number) => [
      { worker, hour: number < visitsEach ? 8 + number : null }
    ])
  )
  const planned = await fillShift(world.parts, families)
  for (const tablet of crew) day.plan(tablet, planned.get(tablet.user.id) ?? [])
}

/** What a server held after each minute, in bytes, and whether that is flat. */
function judge(sizes: readonly number[]) {
  const warm = sizes.slice(Math.min(warmMinutes, Math.floor(sizes.length / 3)))
  const few = Math.max(1, Math.floor(warm.length / 5))
  const [begun, ended] = [medianOf(warm.slice(0, few)), medianOf(warm.slice(-few))]
  return {
    begun: mebibytes(begun),
    ended: mebibytes(ended),
    isFlat: ended / begun <= mostGrowth
  }
}

async function watch(minutes: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hour-'))
  const world = await World.create({ now: systemClock.now() })
  const port = await freePort()
  const watched = new Watched(port, world.env, folder)
  try {
    const crew = await people(world, tablets)
    const day = new Day(world, minutes)
    await fill(world, crew, day)
    await world.stop()
    await watched.server.start()
    const address = `http://127.0.0.1:${port}`
    world.elsewhere = address
    for (const tablet of crew) await tablet.pull()
    const lines = new Lines(crew, address)
    const [sizes, stalls, took]: [number[], number[], number[]] = [[], [], []]
    for (let minute = 0; minute < minutes; minute += 1) {
      const from = performance.now()
      world.clock.set(systemClock.now())
      lines.callAnew(minute)
      took.push(
        ...(await throughTheMinute(crew, (tablet, index) => day.contact(tablet, minute, index)))
      )
      await pause(Math.max(0, minuteMilliseconds - (performance.now() - from)))
      const { bytes, longest } = await watched.stalls()
      sizes.push(bytes)
      stalls.push(longest)
      console.log(
        `minute ${minute + 1}: ${mebibytes(bytes)} MiB, ${day.operations} operations, longest stall ${Math.round(longest)} ms`
      )
    }
    lines.hangUp()
    const judged = judge(sizes)
    console.log(
      JSON.stringify({
        ...{ tablets, operations: day.operations, pulls: took.length },
        ...{ longest: Math.round(Math.max(...stalls)), p99: Math.round(percentileOf(took, 0.99)) },
        ...judged
      })
    )
    return judged.isFlat
  } finally {
    await watched.server.stop()
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}

process.exit((await watch(Number(process.env['KOTIKAYNTI_MINUTES'] ?? 60))) ? 0 : 1)
