import { request as ask } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const token = 'a-token-of-more-than-thirty-two-characters'
const day = 86_400_000

let world: World
beforeEach(async () => {
  world = await World.create({ env: { KOTIKAYNTI_METRICS_TOKEN: token } })
})
afterEach(() => world.close())

/** Over a real socket: where a request comes from is what the socket says. */
function read(
  address: string,
  headers: Readonly<Record<string, string>> = {}
): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    ask(`${address}/api/metrics`, { headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => {
        const type = answer.headers['content-type'] ?? ''
        resolve({ status: answer.statusCode ?? 0, type, text })
      })
    })
      .on('error', reject)
      .end()
  })
}

const values = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ')
        return [line.slice(0, at), Number(line.slice(at + 1))] as const
      })
  )

async function family(office: Client, name: string): Promise<Family> {
  return await Family.open(world, office, name)
}

test('§5 metrics are read on this machine or with the token, and are not there for anybody else', async () => {
  const address = await world.listen()
  const told = await read(address)
  expect([told.status, told.type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  const elsewhere = [
    { 'X-Forwarded-For': '127.0.0.1' },
    { Forwarded: 'for=127.0.0.1' },
    { Via: '2.0 Caddy' },
    { 'X-Real-IP': '::1' },
    { Host: 'kotikaynti.example' }
  ]
  for (const headers of elsewhere) {
    const refused = await read(address, headers)
    expect([headers, refused.status]).toEqual([headers, 404])
    expect(refused.text).toContain('"code":"not-found"')
    for (const shown of [`Bearer ${token}x`, `Bearer ${token.slice(1)}`, 'Bearer', token])
      expect((await read(address, { ...headers, Authorization: shown })).status).toBe(404)
    const allowed = await read(address, { ...headers, Authorization: `Bearer ${token}` })
    expect(allowed.status).toBe(200)
  }
  // Nobody knows where this one comes from.
  expect((await world.client().ask('GET', '/api/metrics')).status).toBe(404)
})

test('§5 without a token set, none is right', async () => {
  await world.close()
  world = await World.create()
  const address = await world.listen()
  for (const shown of ['Bearer null', 'Bearer undefined', 'Bearer '])
    expect((await read(address, { Via: 'proxy', Authorization: shown })).status).toBe(404)
})

test('§5 what is counted tells how the work goes, and of whom nothing', async () => {
  const office = await world.mainUser()
  const worker = await world.user({ role: 'worker', displayName: 'Kanarianlintu' })
  const here = await family(office, 'Kanariansukunimi')
  const assignment = newEntryId(world)
  await here.assign(worker.id, { id: assignment })
  const visit = entryIdSchema.parse(await here.plan(worker.id))
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const item = tablet.write({ op: 'visit.record', customership: here.id, body: here.visit(visit) })
  await tablet.deliver([item])
  await tablet.push()
  await world.app.jobs.runDue()
  // It is written by somebody who has nothing to do with the family any more, and stays unsent for two days.
  await here.assign(worker.id, { id: assignment, until: dayAt(world.clock.now()) })
  world.clock.advance(20 * day)
  tablet.write({
    op: 'note.draft',
    customership: here.id,
    body: here.note(newEntryId(world), visit, { done: 'Kanarian teksti' })
  })
  await tablet.push()
  tablet.write({ op: 'visit.record', customership: here.id, body: here.visit(visit) })
  await world.parts.store.devices.contact(tablet.device, {
    at: world.clock.now(),
    outbox: { last: 4, waiting: [4] }
  })
  world.clock.advance(2 * day)
  await office.ask('GET', `/api/office/customerships/${here.id}`)

  const { text } = await read(await world.listen())
  const told = values(text)
  expect(told.get('kotikaynti_operations_total{outcome="applied",code="none"}')).toBe(1)
  expect(told.get('kotikaynti_operations_repeated_total{outcome="applied"}')).toBe(1)
  expect(told.get('kotikaynti_operations_awaiting')).toBe(1)
  const [awaiting = ''] = [...told.keys()].filter((key) => key.includes('awaiting_by_code'))
  expect(told.get(awaiting)).toBe(1)
  const [first = ''] = [...told.keys()].filter((key) => /total.*awaiting-decision/.test(key))
  expect(told.get(first)).toBe(1)
  expect(told.get('kotikaynti_devices{contact="week"}')).toBe(1)
  expect(told.get('kotikaynti_devices_with_unsent{reported="week"}')).toBe(1)
  expect(told.get('kotikaynti_devices_with_unsent{reported="day"}')).toBe(0)
  expect(told.get('kotikaynti_operations_unsent')).toBe(1)
  expect(told.get('kotikaynti_operations_missing')).toBe(1)
  expect(told.get('kotikaynti_jobs_total{result="done"}')).toBe(1)
  expect(told.get('kotikaynti_keys_second_copy')).toBe(1)
  expect(told.get('kotikaynti_disk_free_bytes{folder="data"}')).toBeGreaterThan(0)
  expect(told.get('process_resident_memory_bytes')).toBeGreaterThan(1e7)
  expect(told.get('kotikaynti_event_loop_delay_seconds{percentile="99"}')).toBeLessThan(60)
  // The clock of this test went ahead by 22 days, in less than a minute.
  expect(told.get('kotikaynti_clock_stepped_seconds')).toBeCloseTo(22 * 86_400, -2)
  const push = 'route="/api/sync/push",method="POST"'
  expect(told.get(`kotikaynti_requests_total{${push},status="2xx"}`)).toBe(3)
  expect(told.get(`kotikaynti_request_duration_seconds_count{${push}}`)).toBe(3)

  for (const own of ['Kanaria', here.id, worker.id, tablet.device, item.id, visit])
    expect(text).not.toContain(own)
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
})

test('§7 deadlines are told: planned, past, kept by a hold, and the next of them', async () => {
  const office = await world.mainUser()
  const today = dayAt(world.clock.now())
  const names = ['Planned', 'Overdue', 'Held']
  const families: Family[] = []
  for (const name of names) families.push(await family(office, name))
  const [planned, overdue, held] = families
  const { register } = world.parts.store
  const end = async (one: Family | undefined, days: readonly [number, number], isHeld = false) => {
    if (!one) throw new Error('three families')
    const [endDay, deleteBy] = [addDays(today, days[0]), addDays(today, days[1])]
    await register.transact((tx) =>
      tx.change(one.id, async (change) => {
        await change.setEnding({ endDay, deleteBy, reason: 'other' })
        if (isHeld) await change.setRestriction(today)
      })
    )
  }
  await end(planned, [0, 12])
  await end(overdue, [-40, -1])
  await end(held, [-40, -1], true)
  const told = values((await read(await world.listen())).text)
  expect(told.get('kotikaynti_deletions{state="planned"}')).toBe(1)
  expect(told.get('kotikaynti_deletions{state="overdue"}')).toBe(1)
  expect(told.get('kotikaynti_deletions{state="held"}')).toBe(1)
  expect(told.get('kotikaynti_deletions{state="deleting"}')).toBe(0)
  expect(told.get('kotikaynti_deletion_next_days')).toBe(12)
})

test('requests are told apart by route, method and class of status, whatever is asked', async () => {
  const client = world.client()
  await client.ask('GET', '/api/office/customerships/kanaria')
  await client.ask('GET', '/api/no/such/Kanarianlintu')
  await client.ask('PATCH', '/api/session')
  const { text } = await read(await world.listen())
  const told = values(text)
  const one = (labels: string) => told.get(`kotikaynti_requests_total{${labels}}`)
  expect(one('route="/api/office/customerships/:id",method="GET",status="4xx"')).toBe(1)
  expect(one('route="none",method="GET",status="4xx"')).toBe(1)
  expect(one('route="/api/session",method="other",status="4xx"')).toBe(1)
  expect(text).not.toContain('anaria')
})
