import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '#server/clock.ts'
import { commitDeletion, deleteCustomership } from '#server/ending/delete-customership.ts'
import type { User } from '#server/store/users.ts'
import type { Ears } from '#tests/support/ears.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { PrivateCluster, postgresPrograms } from '#tests/support/postgres.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const isHere = postgresPrograms() !== null
if (!isHere) console.warn('Left out: there is no PostgreSQL here, so many processes are not tried.')

/** Two processes on one database: this one, and a server beside it. */
describe.skipIf(!isHere)('many processes', () => {
  let cluster: PrivateCluster
  let url: string
  let world: World
  let beside: ServerProcess
  let office: Client
  let worker: User
  let family: Family
  let tablet: WireTablet

  beforeAll(async () => {
    cluster = await PrivateCluster.start({ isDurable: true })
    url = await cluster.database('shared')
    world = await World.create({ now: systemClock.now(), env: { KOTIKAYNTI_DATABASE_URL: url } })
    beside = new ServerProcess(await freePort(), world.env)
    await beside.start()
    office = await world.mainUser()
  })
  afterAll(async () => {
    await beside.stop()
    await world.close()
    await cluster.close()
  })

  beforeEach(async () => {
    worker = await world.user({ role: 'worker' })
    family = await Family.open(world, office)
    await family.assign(worker.id)
    tablet = await WireTablet.enrol(world, worker)
  })
  const here = <T>(use: () => Promise<T>): Promise<T> => at(null, use)
  const there = <T>(use: () => Promise<T>): Promise<T> => at(`http://127.0.0.1:${beside.port}`, use)
  async function at<T>(place: string | null, use: () => Promise<T>): Promise<T> {
    const before = world.elsewhere
    world.elsewhere = place
    try {
      return await use()
    } finally {
      world.elsewhere = before
    }
  }

  const names = async (): Promise<string[]> => {
    const { body } = await office.ask('POST', '/api/office/customerships/search', { query: '' })
    return (body as { customerships: { name?: string; id: string }[] }).customerships.map(
      ({ id }) => id
    )
  }
  const notesOf = async ({ id }: Family) =>
    (await world.parts.store.register.read(id, (reader) => reader.ofKind('note'))) ?? []

  test('what one commits the other tells at once, whatever it keeps in memory', async () => {
    expect(await there(names)).toContain(family.id)
    const second = await here(() => Family.open(world, office, 'Toinen'))
    expect(await there(names)).toContain(second.id)
    const third = await there(() => Family.open(world, office, 'Kolmas'))
    expect(await here(names)).toContain(third.id)
    const found = async () =>
      (await office.ask('POST', '/api/office/customerships/search', { query: 'kolm' })).body
    expect(await here(found)).toMatchObject({ total: 1 })
    const pulse = async () => (await office.ask('GET', '/api/office/pulse')).body
    expect(await there(pulse)).toEqual(await here(pulse))
  })

  test('a ring goes through to who listens at the other', async () => {
    await tablet.pull()
    const ears: Ears = await there(() => tablet.client.listen(`/api/devices/${tablet.device}/live`))
    expect(await ears.ring()).toBe(true)
    await here(() => family.plan(worker.id))
    expect(await ears.ring()).toBe(true)
    await ears.hangUp()
  })

  test('§7 what one deletes the other neither shows, reads nor takes notes for', async () => {
    expect(await there(names)).toContain(family.id)
    await tablet.pull()
    await here(() => remove(world, family))
    expect(await there(names)).not.toContain(family.id)
    const asked = () =>
      office.ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)
    expect((await there(asked)).status).toBe(404)
    const written = tablet.write({
      op: 'note.sign',
      customership: family.id,
      body: family.note(newEntryId(world), newEntryId(world), { tasks: ['meals'] })
    })
    await there(() => tablet.push())
    expect(tablet.outcomes.get(written.id)).toMatchObject({ outcome: 'discarded' })
  })

  test('guesses at both are counted together', async () => {
    const { username } = await world.user({ role: 'worker', password: 'oikea sana tällä kertaa' })
    const guess = async () =>
      (await world.client().ask('POST', '/api/session', { username, password: 'väärä' })).status
    const statuses: number[] = []
    for (let turn = 0; turn < 4; turn += 1) statuses.push(await here(guess), await there(guess))
    expect(statuses.slice(0, 6)).toEqual([401, 401, 401, 401, 401, 401])
    expect(statuses.slice(6)).toEqual([429, 429])
  })

  test('a challenge of one is answered at the other, once', async () => {
    const challenge = await there(async () => {
      const path = '/api/session/unlock/options'
      const { body } = await tablet.client.ask('POST', path, { device: tablet.device })
      return (body as { challenge: string }).challenge
    })
    const { store } = world.parts
    const spend = () => store.guesses.spend('unlock', challenge, tablet.device, world.clock.now())
    expect(await spend()).toBe(true)
    expect(await spend()).toBe(false)
  })

  test('the same push to both at once is applied once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const visit = await family.plan(worker.id)
      await here(() => tablet.pull())
      const item = tablet.write({
        op: 'note.sign',
        customership: family.id,
        body: family.note(newEntryId(world), visit, { tasks: ['meals'], done: `Kerta ${round}` })
      })
      const envelopes = [await tablet.seal(item)]
      const [one, other] = await Promise.all([
        here(() => tablet.ask(envelopes)),
        there(() => tablet.ask(envelopes))
      ])
      expect([one.status, other.status]).toEqual([200, 200])
      expect(one.body).toMatchObject({ results: [{ id: item.id, outcome: 'applied' }] })
      expect(other.body).toMatchObject({ results: [{ id: item.id, outcome: 'applied' }] })
      tablet.outbox = []
    }
    const notes = await world.parts.store.register.read(family.id, (reader) =>
      reader.entries({ kinds: ['note'] })
    )
    expect(notes).toHaveLength(5)
  })

  test('keys that both make while the epoch turns open everything that they sealed', async () => {
    const opened: Family[] = []
    const turning = world.parts.keyStore.turnEpoch()
    for (let round = 0; round < 6; round += 1) {
      opened.push(await here(() => Family.open(world, office, `Täällä${round}`)))
      opened.push(await there(() => Family.open(world, office, `Siellä${round}`)))
      if (round % 2 === 0) await world.parts.keyStore.turnEpoch()
    }
    await turning
    for (const { id } of opened) {
      const path = `/api/office/customerships/${id}?purpose=organising`
      expect((await there(() => office.ask('GET', path))).status).toBe(200)
      expect((await here(() => office.ask('GET', path))).status).toBe(200)
    }
  })

  test('what is due is done by one of them at a time', async () => {
    const { store } = world.parts
    const beginning = Promise.withResolvers<undefined>()
    const ending = Promise.withResolvers<undefined>()
    const first = store.alone('nightly', async () => {
      beginning.resolve(undefined)
      await ending.promise
      return 'done'
    })
    await beginning.promise
    expect(await store.alone('nightly', () => Promise.resolve('done too'))).toBeNull()
    ending.resolve(undefined)
    expect(await first).toBe('done')
    expect(await store.alone('nightly', () => Promise.resolve('done too'))).toBe('done too')
  })

  test('a database that is out of room or of connections is answered as that, and nothing is half applied', async () => {
    const visit = await family.plan(worker.id)
    await tablet.pull()
    const item = tablet.write({
      op: 'note.sign',
      customership: family.id,
      body: family.note(newEntryId(world), visit, { tasks: ['meals'], done: 'Levy täynnä' })
    })
    const envelopes = [await tablet.seal(item)]
    const before = await notesOf(family)
    for (const code of ['53100', '53200', '53300', '57014']) {
      await cluster.ask(url, refusing(code))
      try {
        for (const place of [here, there]) {
          const { status, body } = await place(() => tablet.ask(envelopes))
          // Whoever could write the rest says of this one that it is to come again.
          if (status === 200) expect(body).toMatchObject({ results: [{ outcome: 'retry' }] })
          else expect(status).toBe(503)
        }
        expect(await notesOf(family)).toEqual(before)
      } finally {
        await cluster.ask(url, 'drop trigger refusing on register.entries')
      }
    }
    expect(await there(() => tablet.push([item]))).toMatchObject([{ outcome: 'applied' }])
    expect(await notesOf(family)).toHaveLength(before.length + 1)
  })

  test('a database that goes away refuses nothing for good: nothing is lost, and both go on by themselves', async () => {
    const visit = await family.plan(worker.id)
    await tablet.pull()
    const item = tablet.write({
      op: 'note.sign',
      customership: family.id,
      body: family.note(newEntryId(world), visit, { tasks: ['meals'], done: 'Ennen katkoa' })
    })
    const envelopes = [await tablet.seal(item)]
    // As after a crash: nothing is put in order before it ends.
    await cluster.stop('SIGQUIT')
    for (const place of [here, there]) {
      const answer = await place(() => tablet.ask(envelopes))
      expect(answer.status).toBe(503)
    }
    world.clock.advance(2000)
    expect(await here(() => world.client().ask('GET', '/api/health'))).toMatchObject({
      status: 503
    })
    await cluster.resume()
    expect(await there(() => tablet.push([item]))).toMatchObject([{ outcome: 'applied' }])
    expect(await here(names)).toContain(family.id)
    const third = await there(() => Family.open(world, office, 'Katkon jälkeen'))
    expect(await here(names)).toContain(third.id)
  })
})

/** Whoever writes an entry meets this SQLSTATE, after the row before it was written. */
const refusing = (code: string): string => `
  create or replace function public.refuse() returns trigger language plpgsql as
    $$ begin raise exception 'no room' using errcode = '${code}'; end $$;
  create trigger refusing after insert or update on register.entries
    for each row execute function public.refuse()`

/** As a main user asks for it, done at once. */
async function remove({ parts }: World, { id }: Family): Promise<void> {
  const plan = await parts.store.register.transact((tx) =>
    commitDeletion(parts, tx, id, 'asked', null)
  )
  if (!plan) throw new Error('nothing was planned')
  await deleteCustomership(parts, plan)
}
