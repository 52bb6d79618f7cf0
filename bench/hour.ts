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
  rings = 0

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
      for await (const ring of body) this.rings += Number(ring.length > 0)
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

async function watch(minutes: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hour-'))
  const world = await World.create({ now: systemClock.now() })
  const port = await freePort()
  const watched = new Watched(port, world.env, folder)
  try {
    const crew = await people(world, tablets)
    const families = Array.from({ length: tablets * familiesEach }, (_, index) => {
      const worker = crew[Math.floor(index / familiesEach)]?.user.id
      if (!worker) throw new Error('nobody works here')
      const number = index % familiesEach
      return [{ worker, hour: number < visitsEach ? 8 + number : null }]
    })
    const day = await fillShift(world.parts, families)
    await world.stop()
    await watched.server.start()
    world.elsewhere = `http://127.0.0.1:${port}`
    const address = world.elsewhere
    for (const tablet of crew) await tablet.pull()
    const lines = crew.map((tablet) => new Line(address, tablet))

    const left = new Map<WireTablet, ShiftVisit[]>(
      crew.map((tablet) => [tablet, [...(day.get(tablet.user.id) ?? [])]])
    )
    const sizes: number[] = []
    let [operations, pulls, longest] = [0, 0, 0]
    const took: number[] = []
    for (let minute = 0; minute < minutes; minute += 1) {
      const from = performance.now()
      world.clock.set(systemClock.now())
      for (let call = 0; call < callsAnew; call += 1) {
        const at = (minute * callsAnew + call) % crew.length
        const tablet = crew[at]
        lines[at]?.hangUp()
        if (tablet) lines[at] = new Line(address, tablet)
      }
      const each = await throughTheMinute(crew, async (tablet, index) => {
        // All visits are over when the time is.
        const due = Math.floor(((minute + (index % 7) / 7) / minutes) * visitsEach)
        const visits = left.get(tablet) ?? []
        const done = visitsEach - visits.length
        pulls += 1
        if (done >= due) return pull(tablet)
        const [visit] = visits.splice(0, 1)
        const envelopes = await work(world, tablet, visit ? [visit] : [])
        operations += envelopes.length
        const taken = await deliver(tablet, envelopes)
        await tablet.pull()
        return taken
      })
      took.push(...each)
      await pause(Math.max(0, minuteMilliseconds - (performance.now() - from)))
      const stalls = await watched.stalls()
      sizes.push(stalls.bytes)
      longest = Math.max(longest, stalls.longest)
      console.log(
        `minute ${minute + 1}: ${mebibytes(stalls.bytes)} MiB, ${operations} operations, ${pulls} pulls, longest stall ${Math.round(stalls.longest)} ms`
      )
    }
    for (const line of lines) line.hangUp()
    const warm = sizes.slice(Math.min(warmMinutes, Math.floor(minutes / 3)))
    const third = Math.max(1, Math.floor(warm.length / 5))
    const [begun, ended] = [medianOf(warm.slice(0, third)), medianOf(warm.slice(-third))]
    const isFlat = ended / begun <= mostGrowth
    const summary = {
      ...{ minutes, tablets, operations, pulls, longest: Math.round(longest) },
      p99: Math.round(percentileOf(took, 0.99)),
      ...{ begun: mebibytes(begun), ended: mebibytes(ended), isFlat },
      rings: lines.reduce((sum, { rings }) => sum + rings, 0)
    }
    console.log(JSON.stringify(summary))
    return isFlat
  } finally {
    await watched.server.stop()
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}

process.exit((await watch(Number(process.env['KOTIKAYNTI_MINUTES'] ?? 60))) ? 0 : 1)
