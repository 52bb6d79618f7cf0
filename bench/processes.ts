import type { Envelope } from '#contract/envelope.ts'
import { pushLimits } from '#contract/push.ts'
import { systemClock } from '#server/clock.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { PrivateCluster } from '#tests/support/postgres.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World } from '#tests/support/world.ts'
import { medianOf, type Figure } from './figures.ts'

const tablets = 8
const familiesEach = 10
/** Full requests of a tablet in one round. */
const requests = 4
const pulls = 6
/** After one that is not counted. */
const rounds = 3
const words = 'Leivottiin sämpylöitä, luettiin satua ja käytiin ulkona. '.repeat(12)

/** A tablet, and its signed and sealed requests, round by round. */
interface Hand {
  readonly tablet: WireTablet
  readonly ahead: Envelope[][]
}

async function handOf(world: World, allRounds: number): Promise<Hand> {
  const office = await world.mainUser()
  const tablet = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  const visits: [Family, ReturnType<typeof newEntryId>][] = []
  for (let index = 0; index < familiesEach; index += 1) {
    const family = await Family.open(world, office)
    await family.assign(tablet.user.id)
    visits.push([family, await family.plan(tablet.user.id)])
  }
  const ahead: Envelope[][] = []
  for (let request = 0; request < allRounds * requests; request += 1) {
    const envelopes: Envelope[] = []
    for (let index = 0; index < pushLimits.envelopes; index += 1) {
      const [family, visit] = visits[index % visits.length] ?? []
      if (!family || !visit) throw new Error('no family')
      const body = family.note(newEntryId(world), visit, { done: words })
      envelopes.push(
        await tablet.seal(tablet.write({ op: 'note.draft', customership: family.id, body }))
      )
    }
    ahead.push(envelopes)
  }
  return { tablet, ahead }
}

interface Rates {
  /** Operations a second. */
  readonly push: number
  /** First fetches a second. */
  readonly pull: number
}

/** Everybody at once, each at the process that is theirs. */
async function ratesAt(
  world: World,
  hands: readonly Hand[],
  addresses: readonly string[]
): Promise<Rates> {
  const everybody = async (act: (hand: Hand, go: () => void) => Promise<void>): Promise<number> => {
    const began = performance.now()
    await Promise.all(
      hands.map((hand, index) =>
        // What is asked next in the same turn goes there.
        act(hand, () => (world.elsewhere = addresses[index % addresses.length] ?? null))
      )
    )
    return (performance.now() - began) / 1000
  }
  const pushed = await everybody(async ({ tablet, ahead }, go) => {
    for (const envelopes of ahead.splice(0, requests)) {
      go()
      const { status, body } = await tablet.ask(envelopes)
      const { results } = body as { results: { outcome: string }[] }
      if (status !== 200 || !results.every(({ outcome }) => outcome === 'applied'))
        throw new Error('not applied')
    }
  })
  const pulled = await everybody(async ({ tablet }, go) => {
    for (let index = 0; index < pulls; index += 1) {
      go()
      const { status } = await tablet.askPull()
      if (status !== 200) throw new Error(`pull answered ${status}`)
    }
  })
  return {
    push: (hands.length * requests * pushLimits.envelopes) / pushed,
    pull: (hands.length * pulls) / pulled
  }
}

/** The medians of the rounds, with so many processes at once, one number after another. */
async function measureOn(url: string, counts: readonly number[]): Promise<Rates[]> {
  const world = await World.create({
    now: systemClock.now(),
    env: { KOTIKAYNTI_DATABASE_URL: url }
  })
  try {
    const hands: Hand[] = []
    for (let index = 0; index < tablets; index += 1)
      hands.push(await handOf(world, counts.length * (rounds + 1)))
    await world.stop()
    const found: Rates[] = []
    for (const count of counts) found.push(await measureProcesses(world, hands, count))
    return found
  } finally {
    await world.close()
  }
}

async function measureProcesses(
  world: World,
  hands: readonly Hand[],
  count: number
): Promise<Rates> {
  const servers: ServerProcess[] = []
  try {
    for (let index = 0; index < count; index += 1) {
      const server = new ServerProcess(await freePort(), world.env)
      servers.push(server)
      await server.start()
    }
    const addresses = servers.map(({ port }) => `http://127.0.0.1:${port}`)
    const taken: Rates[] = []
    for (let round = 0; round <= rounds; round += 1)
      taken.push(await ratesAt(world, hands, addresses))
    const counted = taken.slice(1)
    return {
      push: medianOf(counted.map(({ push }) => push)),
      pull: medianOf(counted.map(({ pull }) => pull))
    }
  } finally {
    for (const server of servers) await server.stop()
  }
}

const figure = (what: string, value: number, unit: string, beside: number): Figure => ({
  ...{ what, value: `${Math.round(value)} ${unit}/s`, beside: `${Math.round(beside)} ${unit}/s` },
  ...{ ratio: (value / beside).toFixed(2), allowed: '', holds: true }
})

/** PostgreSQL beside SQLite, and two and four processes beside one, all on this machine. */
export async function measureProcessesBeside(): Promise<Figure[]> {
  const [files] = await measureOn('', [1])
  const cluster = await PrivateCluster.start({ isDurable: true })
  try {
    const [one, two, four] = await measureOn(await cluster.database('beside'), [1, 2, 4])
    if (!files || !one || !two || !four) throw new Error('each was measured')
    return [
      figure('Push of eight tablets: PostgreSQL beside SQLite', one.push, 'notes', files.push),
      figure('… two processes beside one', two.push, 'notes', one.push),
      figure('… four processes beside one', four.push, 'notes', one.push),
      figure('First fetches of eight: PostgreSQL beside SQLite', one.pull, 'fetches', files.pull),
      figure('… two processes beside one', two.pull, 'fetches', one.pull),
      figure('… four processes beside one', four.pull, 'fetches', one.pull)
    ]
  } finally {
    await cluster.close()
  }
}
