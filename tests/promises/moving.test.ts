import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '#server/clock.ts'
import { tallyTables } from '#server/store/move/copy-tables.ts'
import { moveStore } from '#server/store/move/move-store.ts'
import { openRegister, prepareStore } from '#server/store/open-parts.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { PrivateCluster, postgresPrograms } from '#tests/support/postgres.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const isHere = postgresPrograms() !== null
if (!isHere) console.warn('Left out: there is no PostgreSQL here, so moving to it is not tried.')

describe.skipIf(!isHere)('npm run move', () => {
  let cluster: PrivateCluster
  let world: World
  let office: Client
  let worker: User
  let family: Family
  let tablet: WireTablet
  let databases = 0

  beforeAll(async () => {
    cluster = await PrivateCluster.start({ isDurable: true })
  })
  afterAll(() => cluster.close())

  beforeEach(async () => {
    world = await World.create({ now: systemClock.now(), env: { KOTIKAYNTI_DATABASE_URL: '' } })
    office = await world.mainUser()
    worker = await world.user({ role: 'worker' })
    family = await Family.open(world, office)
    await family.assign(worker.id)
    tablet = await WireTablet.enrol(world, worker)
    await record('Ennen muuttoa')
    await tablet.push()
    await tablet.pull()
  })
  afterEach(() => world.close())

  async function record(words: string): Promise<void> {
    const visit = newEntryId(world)
    const customership = family.id
    tablet.write({ op: 'visit.record', customership, body: family.visit(visit) })
    const body = family.note(newEntryId(world), visit, { tasks: ['meals'], done: words })
    tablet.write({ op: 'note.sign', customership, body })
  }

  const newDatabase = () => cluster.database(`moved_${(databases += 1)}`)
  const folder = () => join(world.folder, 'data')
  const serveFrom = (databaseUrl: string) => world.moveTo({ KOTIKAYNTI_DATABASE_URL: databaseUrl })
  const search = async () =>
    (await office.ask('POST', '/api/office/customerships/search', { query: 'kuusi' })).body

  test('everything is there, and the tablets go on where they were', async () => {
    const generation = await world.parts.store.generation()
    await record('Odottaa muuton yli')
    await world.stop()
    const url = await newDatabase()
    expect(await moveStore({ folder: folder(), databaseUrl: url })).toMatchObject({
      wasThere: false
    })
    await serveFrom(url)
    expect(await world.parts.store.generation()).toBe(generation)
    expect(await search()).toMatchObject({ total: 1 })
    expect(await tablet.push()).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
    const frames = await tablet.pull()
    expect(frames.some(({ frame }) => frame === 'purge')).toBe(false)
    const notes = await world.parts.store.register.read(family.id, (reader) =>
      reader.entries({ kinds: ['note'] })
    )
    expect(notes?.map(({ data }) => data)).toMatchObject([
      { fields: { done: 'Ennen muuttoa' } },
      { fields: { done: 'Odottaa muuton yli' } }
    ])
  })

  test('what was moved is told as the same when it is asked again, and as another when it has gone on', async () => {
    await world.stop()
    const url = await newDatabase()
    const places = { folder: folder(), databaseUrl: url }
    const { rows } = await moveStore(places)
    expect(await moveStore(places)).toMatchObject({ wasThere: true })
    expect(rows).toBeGreaterThan(10)
    await serveFrom(url)
    await record('Muuton jälkeen')
    await tablet.push()
    await world.stop()
    await expect(moveStore(places)).rejects.toThrow('holds a register already, and not this one')
  })

  test('the files are not served any more, and a server that runs is not moved', async () => {
    const url = await newDatabase()
    await expect(moveStore({ folder: folder(), databaseUrl: url })).rejects.toThrow('in use')
    await world.stop()
    await moveStore({ folder: folder(), databaseUrl: url })
    await expect(world.start()).rejects.toThrow('was moved to PostgreSQL')
    expect(existsSync(join(folder(), 'register.db'))).toBe(true)
  })

  test('a move that is cut short leaves the files as they are, and is run again', async () => {
    await world.stop()
    const url = await newDatabase()
    const before = await tally({ folder: folder() })
    await prepareStore({ databaseUrl: url })
    await cluster.ask(url, slow)
    const moving = moveStore({ folder: folder(), databaseUrl: url })
    const cut = expect(moving).rejects.toThrow()
    // In the middle of the register's one commit: customerships are written, entries are not.
    await vi.waitUntil(async () => (await cluster.ask(url, sleeping)).length > 0)
    await cluster.ask(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`
    )
    await cut
    await cluster.ask(url, 'drop trigger slow on register.entries')
    expect(await tally({ folder: folder() })).toEqual(before)
    await moveStore({ folder: folder(), databaseUrl: url })
    expect(await tally({ databaseUrl: url })).toEqual(before)
  })

  test('a database that is not there, does not answer or does not let in is told in one line', async () => {
    await world.stop()
    const nowhere = cluster.url('nowhere')
    await expect(serveFrom(nowhere)).rejects.toThrow('is not there: make it with createdb')
    const closed = `postgres://nobody@127.0.0.1:1/none`
    await expect(serveFrom(closed)).rejects.toThrow('does not answer ECONNREFUSED')
    await cluster.ask(cluster.url('postgres'), 'create role crowded login connection limit 0')
    const crowded = cluster.url('postgres', 'crowded')
    await expect(serveFrom(crowded)).rejects.toThrow('has no connection left')
    const strange = cluster.url('postgres', 'stranger')
    await expect(serveFrom(strange)).rejects.toThrow('does not let this user in')
  })

  async function tally(place: { folder: string } | { databaseUrl: string }) {
    const register = await openRegister(place)
    try {
      return await tallyTables(register)
    } finally {
      await register.close()
    }
  }
})

/** Whoever writes an entry stands still. */
const slow = `
  create function public.stand_still() returns trigger language plpgsql as
    $$ begin perform pg_sleep(60); return new; end $$;
  create trigger slow before insert on register.entries
    for each row execute function public.stand_still()`

const sleeping = `select 1 from pg_stat_activity where wait_event = 'PgSleep'`
