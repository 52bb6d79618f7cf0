import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Envelope } from '#contract/envelope.ts'
import { pushLimits } from '#contract/push.ts'
import { protocolHeader } from '#contract/version.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World } from '#tests/support/world.ts'
import { type Figure, medianOf } from './figures.ts'

const rounds = 5
const perRound = 2000
const words = 'Leivottiin sämpylöitä, luettiin satua ja käytiin ulkona. '.repeat(12)

/** better-sqlite3 alone: one durable transaction for each row of about the same size. */
function bareTransactions(): number {
  const folder = mkdtempSync(join(tmpdir(), 'bare-'))
  const database = new Database(join(folder, 'bare.db'))
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.exec('CREATE TABLE rows (id TEXT PRIMARY KEY, value BLOB NOT NULL)')
    const insert = database.prepare('INSERT INTO rows VALUES (?, ?)')
    const value = Buffer.alloc(1024, 7)
    const start = performance.now()
    for (let index = 0; index < perRound; index += 1) insert.run(`row-${index}`, value)
    return perRound / ((performance.now() - start) / 1000)
  } finally {
    database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Signed and sealed beforehand: what is timed is the server's work and the wire. */
async function sealNotes(world: World, tablet: WireTablet, families: readonly Family[]) {
  const visits = await Promise.all(families.map((family) => family.plan(tablet.user.id)))
  const batches: Envelope[][] = []
  for (let index = 0; index < rounds * perRound; index += 1) {
    const which = index % families.length
    const [family, visit] = [families[which], visits[which]]
    if (!family || !visit) throw new Error('no family')
    const body = family.note(newEntryId(world), visit, { done: words })
    const item = tablet.write({ op: 'note.draft', customership: family.id, body })
    if (index % pushLimits.envelopes === 0) batches.push([])
    batches.at(-1)?.push(await tablet.seal(item))
  }
  return batches
}

/** Operations a second, through HTTP, of one tablet that sends full requests one after another. */
export async function measurePush(): Promise<Figure> {
  const port = await freePort()
  const address = `http://localhost:${port}`
  const world = await World.create({ now: performance.timeOrigin + performance.now() })
  const office = await world.mainUser()
  const tablet = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  const families: Family[] = []
  for (let index = 0; index < 20; index += 1) {
    const family = await Family.open(world, office)
    await family.assign(tablet.user.id)
    families.push(family)
  }
  const batches = await sealNotes(world, tablet, families)
  const { device, lastSeq } = tablet
  const cookie = [...tablet.client.cookies].map((pair) => pair.join('=')).join('; ')
  await world.stop()

  const server = new ServerProcess(port, { ...world.env, KOTIKAYNTI_ORIGIN: address })
  await server.start()
  const ask = (envelopes: readonly Envelope[]): Promise<Response> =>
    fetch(`${address}/api/sync/push`, {
      method: 'POST',
      headers: {
        [protocolHeader]: '1',
        'Content-Type': 'application/json',
        Origin: address,
        Cookie: cookie
      },
      body: JSON.stringify({ device, outbox: { last: lastSeq, waiting: [] }, envelopes })
    })
  const send = async (envelopes: readonly Envelope[]): Promise<void> => {
    // Between the rounds the server may have closed the idle connection: a repeat is the same operation.
    const answer = await ask(envelopes).catch(() => ask(envelopes))
    const { results } = (await answer.json()) as { results: { outcome: string }[] }
    if (!results.every(({ outcome }) => outcome === 'applied')) throw new Error('not applied')
  }
  const served: number[] = []
  const bare: number[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      const mine = batches.slice(
        (round * batches.length) / rounds,
        ((round + 1) * batches.length) / rounds
      )
      const start = performance.now()
      for (const batch of mine) await send(batch)
      served.push(perRound / ((performance.now() - start) / 1000))
      bare.push(bareTransactions())
    }
  } finally {
    await server.stop()
    await world.close()
  }
  const [ours, floor] = [medianOf(served), medianOf(bare)]
  return {
    what: 'Push through HTTP, beside better-sqlite3 with one durable transaction each',
    value: `${Math.round(ours)} operations/s`,
    beside: `${Math.round(floor)} transactions/s`,
    ratio: (ours / floor).toFixed(2),
    allowed: 'at least 0.40',
    holds: ours / floor >= 0.4
  }
}
