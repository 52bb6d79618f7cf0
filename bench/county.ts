import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '#server/clock.ts'
import { commitDeletion, deleteCustomership } from '#server/ending/delete-customership.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { PrivateCluster } from '#tests/support/postgres.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'
import { fillFor, nameOf } from './crowd.ts'
import { medianOf, percentileOf, type Figure } from './figures.ts'

const sizes = { town: 20_000, county: 100_000 } as const
/** Of each family so many visits, most with a note: some fifty entries. */
const visits = 24
/** The families of the tablet that is measured. */
const own = 60
const deleted = 7
const pulled = 300
type Size = keyof typeof sizes
type EngineName = 'SQLite' | 'PostgreSQL'

/** Gigabytes that are made once: a second measuring finds them. */
const place = join(process.env['COUNTY'] ?? tmpdir(), 'kotikaynti-county')

interface Register {
  readonly world: World
  /** Seconds that it took to make. */
  readonly filledIn: number
  end(): Promise<void>
}

/** The register of so many, with its world started in this process. */
export async function registerOf(engine: EngineName, size: Size): Promise<Register> {
  const folder = join(place, `${engine}-${size}`)
  mkdirSync(folder, { recursive: true })
  const cluster = engine === 'SQLite' ? null : await PrivateCluster.in(join(folder, 'cluster'))
  const url = (await cluster?.databaseOnce('county')) ?? ''
  const now = systemClock.now()
  const world = await World.in(folder, { now, env: { KOTIKAYNTI_DATABASE_URL: url } })
  const filledFile = join(folder, 'filled')
  if (!existsSync(filledFile)) writeFileSync(filledFile, String(await fill(world, sizes[size])))
  return {
    world,
    filledIn: Number(readFileSync(filledFile, 'utf8')),
    async end() {
      await world.stop()
      await cluster?.stop()
    }
  }
}

async function fill(world: World, families: number): Promise<number> {
  const began = performance.now()
  const { parts } = world
  await parts.store.organisation.write(
    standardOrganisation({ name: 'Kotiapu Oy', organiser: 'Mallikunta' })
  )
  const crowd = [await world.user({ role: 'worker' }), await world.user({ role: 'worker' })]
  const mine = await world.user({ role: 'worker', username: 'own' })
  await fillFor(parts, { families: own, visits, workers: [mine.id] })
  const workers = crowd.map(({ id }) => id)
  await fillFor(parts, { families: families - own, visits, workers })
  return (performance.now() - began) / 1000
}

/** A server of its own over a register, once the jobs of its start are done. */
interface Standing {
  readonly filledIn: number
  /** The median, in milliseconds. */
  readonly deletion: number
  /** Seconds from the start of the process to its first answer. */
  readonly ready: number
  readonly office: Client
  readonly tablet: WireTablet
  readonly server: ServerProcess
  end(): Promise<void>
}

async function stand(engine: EngineName, size: Size): Promise<Standing> {
  const { world, filledIn, end } = await registerOf(engine, size)
  const deletion = await deletions(world)
  const office = await world.mainUser()
  const user = await world.parts.store.users.findByUsername('own')
  if (!user) throw new Error('nobody has a tablet')
  const tablet = await WireTablet.enrol(world, user)
  await world.stop()
  const server = new ServerProcess(await freePort(), world.env)
  const began = performance.now()
  await server.start()
  const ready = (performance.now() - began) / 1000
  world.elsewhere = `http://127.0.0.1:${server.port}`
  await jobsDone(server, office)
  return {
    ...{ filledIn, deletion, ready, office, tablet, server },
    async end() {
      await server.stop()
      await end()
    }
  }
}

/** What the start reads beforehand is in memory, and holds up nobody any more. */
async function jobsDone({ port }: ServerProcess, office: Client): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text()
    if (/^kotikaynti_jobs_done_timestamp_seconds [1-9]/m.test(metrics)) return
    // Minutes: a session that nobody uses would be over by then.
    await office.ask('GET', '/api/session')
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

/** As names are typed, letter by letter; the 95th percentile, once the server has read the names. */
async function searches(office: Client, families: number): Promise<number> {
  const search = (query: string) =>
    timed(async () => {
      const answer = await office.ask('POST', '/api/office/customerships/search', { query })
      if (answer.status !== 200) throw new Error(`search answered ${answer.status}`)
    })
  await search('')
  const taken: number[] = []
  for (let index = 41; index < families; index += Math.floor(families / 21)) {
    const { firstName, lastName } = nameOf(index)
    for (let letters = 1; letters <= lastName.length; letters += 1)
      taken.push(await search(lastName.slice(0, letters)))
    taken.push(await search(`${lastName} ${firstName.slice(0, 2)}`))
  }
  return percentileOf(taken, 0.95)
}

/**
 * Of sixty families for whom nothing has changed, asked of one and of the other in turns, so that neither has a
 * better moment of the machine; the medians.
 */
async function pulls(...tablets: readonly WireTablet[]): Promise<number[]> {
  const taken = tablets.map((): number[] => [])
  for (const tablet of tablets) await tablet.pull()
  for (let round = 0; round < pulled; round += 1)
    for (const [at, tablet] of tablets.entries())
      taken[at]?.push(await timed(() => tablet.askPull()))
  return taken.map(medianOf)
}

/** Whole ones, one after another; the median. */
async function deletions({ parts }: World): Promise<number> {
  const [, ...ids] = (await parts.store.register.list()).slice(0, deleted + 1).map(({ id }) => id)
  const taken: number[] = []
  for (const id of ids) {
    taken.push(
      await timed(async () => {
        const plan = await parts.store.register.transact((tx) =>
          commitDeletion(parts, tx, id, 'asked', null)
        )
        if (!plan) throw new Error('it is there')
        await deleteCustomership(parts, plan)
      })
    )
    // The scan that follows each belongs to none of the others.
    await parts.store.scanner.inTurn(() => Promise.resolve())
  }
  return medianOf(taken)
}

/** VmHWM of proc(5). */
function peakOf({ pid }: ServerProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
}

const under = (what: string, value: number, unit: string, most: number): Figure => ({
  ...{ what, value: `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}` },
  ...{ beside: '', ratio: '', allowed: `under ${most} ${unit}`, holds: value < most }
})

const beside = (what: string, value: number, town: number, most: number): Figure => ({
  ...{ what, value: `${value.toFixed(1)} ms`, beside: `${town.toFixed(1)} ms` },
  ...{ ratio: (value / town).toFixed(2), allowed: `at most ${most}`, holds: value / town <= most }
})

/** A register of a hundred thousand customerships and five million entries, on one of the engines. */
export async function measureCounty(engine: EngineName): Promise<Figure[]> {
  const town = await stand(engine, 'town')
  try {
    return await besideTown(engine, town)
  } finally {
    await town.end()
  }
}

async function besideTown(engine: EngineName, town: Standing): Promise<Figure[]> {
  const county = await stand(engine, 'county')
  try {
    const search = await searches(county.office, sizes.county)
    const [townPull = Number.NaN, pull = Number.NaN] = await pulls(town.tablet, county.tablet)
    return figuresOf({ town, county, search, townPull, pull, memory: peakOf(county.server) })
  } finally {
    await county.end()
  }
}

interface Measured {
  readonly town: Standing
  readonly county: Standing
  /** Milliseconds. */
  readonly search: number
  readonly townPull: number
  readonly pull: number
  /** MiB, the most that was ever resident. */
  readonly memory: number
}

function figuresOf({ town, county, search, townPull, pull, memory }: Measured): Figure[] {
  return [
    under('Made, sealed', county.filledIn / 60, 'min', 15),
    under('Start to the first answer', county.ready, 's', 3),
    under('Search as names are typed, 95th percentile', search, 'ms', 150),
    beside('A pull of 60, beside among 20,000', pull, townPull, 1.2),
    beside('One deleted, beside among 20,000', county.deletion, town.deletion, 1.5),
    under('Memory of the server, the most', memory, 'MiB', 512)
  ]
}
