import { randomUUID } from 'node:crypto'
import type { ImportRecord, ImportRequest } from '#contract/import.ts'
import { customershipIdSchema, entryIdSchema } from '#contract/id.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { systemClock } from '#server/clock.ts'
import { Family } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { World, type Client } from '#tests/support/world.ts'
import { percentileOf, type Figure } from './figures.ts'

const rows = 5000
const secondsAllowed = 30
const stallAllowed = 200

const first = ['Aino', 'Väinö', 'Ilona', 'Eero', 'Helmi', 'Onni', 'Saima', 'Toivo']
const last = ['Koskela', 'Mäkelä', 'Ranta', 'Salo', 'Niemi', 'Harju', 'Laakso', 'Ojala']

/** One wide row each, as another system writes them: a client, a guardian, a decision and a worker. */
function wideRows(worker: string): ImportRequest {
  const records: ImportRecord[] = []
  for (let row = 2; row < rows + 2; row += 1) {
    const client = customershipIdSchema.parse(randomUUID())
    const id = () => entryIdSchema.parse(newUuidV7(systemClock.now()))
    const at = { file: 0, row, client }
    const firstName = `${first[row % 8]}`
    const lastName = `${last[(row >> 3) % 8]}${row}`
    const birthDate = `${(row % 27) + 1}.${(row % 12) + 1}.19${String(50 + (row % 45))}`
    records.push(
      {
        ...at,
        id: id(),
        kind: 'profile',
        fields: {
          firstName,
          lastName,
          birthDate,
          street: `Mallikatu ${row}`,
          postalCode: '100',
          town: 'Mallila',
          phone: '040 123 4567',
          needs: 'Arjen rytmi ja vanhemman jaksaminen. '.repeat(6)
        }
      },
      {
        ...at,
        id: id(),
        kind: 'contact',
        fields: { name: `Huoltaja ${lastName}`, relation: 'guardian', phone: '0501234567' }
      },
      {
        ...at,
        id: id(),
        kind: 'decision',
        fields: {
          organiser: 'mallikunta',
          controller: 'organiser',
          product: 'home-service',
          funding: 'purchased',
          number: `P-${row}`,
          from: '1.11.2026',
          until: '30.4.2027',
          hours: '12,5',
          per: 'month'
        }
      },
      { ...at, id: id(), kind: 'assignment', fields: { worker, from: '1.11.2026', tasks: 'care' } }
    )
  }
  return { source: 'organiser', records }
}

/** How long another main user waits for a client's page while the import runs. */
async function watch(office: Client, path: string, isOver: () => boolean): Promise<number[]> {
  const waits: number[] = []
  while (!isOver()) {
    const began = performance.now()
    await office.ask('GET', path)
    waits.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return waits
}

/** 5,000 clients with a contact, a decision and an assignment each, to a server process of its own. */
export async function measureImport(): Promise<Figure[]> {
  const world = await World.create({ now: systemClock.now() })
  const office = await world.mainUser()
  const other = await world.mainUser()
  const worker = await world.user({ role: 'worker' })
  const { id } = await Family.open(world, office)
  const port = await freePort()
  const server = new ServerProcess(port, world.env)
  await world.stop()
  world.elsewhere = `http://127.0.0.1:${port}`
  try {
    await server.start()
    const request = wideRows(worker.id)
    const dry = performance.now()
    const check = await office.ask('POST', '/api/office/import/check', request)
    if (check.status !== 200) throw new Error('the dry run was refused')
    const dryMilliseconds = performance.now() - dry
    let isOver = false
    const watching = watch(other, `/api/office/customerships/${id}`, () => isOver)
    const began = performance.now()
    const answer = await office.ask('POST', '/api/office/import', request)
    const milliseconds = performance.now() - began
    isOver = true
    const waits = await watching
    if (!answer.text.trimEnd().endsWith('}}')) throw new Error('the import was cut')
    const longest = Math.max(...waits)
    return [
      {
        what: `Import of ${rows} clients with a contact, a decision and an assignment each, search tokens included`,
        value: `${(milliseconds / 1000).toFixed(1)} s`,
        beside: `dry run ${(dryMilliseconds / 1000).toFixed(1)} s`,
        ratio: '',
        allowed: `under ${secondsAllowed} s`,
        holds: milliseconds < secondsAllowed * 1000
      },
      {
        what: 'The longest that opening a client waited meanwhile',
        value: `${Math.round(longest)} ms`,
        beside: `median of ${waits.length}: ${Math.round(percentileOf(waits, 0.5))} ms`,
        ratio: '',
        allowed: `under ${stallAllowed} ms`,
        holds: longest < stallAllowed
      }
    ]
  } finally {
    await server.kill()
    await world.close()
  }
}
