import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { PrivateCluster, postgresPrograms } from '#tests/support/postgres.ts'
import { World } from '#tests/support/world.ts'
import { examine } from './examine.ts'
import { linesOf } from './finding-lines.ts'

const isHere = postgresPrograms() !== null
if (!isHere)
  console.warn('Left out: there is no PostgreSQL here, so the doctor does not look at it.')

describe.skipIf(!isHere)('npm run doctor on PostgreSQL', () => {
  let cluster: PrivateCluster
  let world: World
  let url: string

  beforeAll(async () => {
    // Its syncs are off: what the doctor must see.
    cluster = await PrivateCluster.start({ isDurable: false })
    url = await cluster.database('examined')
    const keys = await cluster.database('examined_keys')
    world = await World.create({
      now: systemClock.now(),
      env: { KOTIKAYNTI_DATABASE_URL: url, KOTIKAYNTI_KEYS_DATABASE_URL: keys }
    })
  })
  afterAll(async () => {
    await world.close()
    await cluster.close()
  })

  const lines = async (env: Readonly<Record<string, string>> = {}) => {
    const config = readConfig({ ...world.env, KOTIKAYNTI_BACKUPS: '', ...env })
    return linesOf(await examine({ config, clock: systemClock })).join('\n')
  }

  test('it says what holds and what does not, of the register and of the keys', async () => {
    const said = await lines()
    expect(said).toMatch(/good +database +PostgreSQL answers, with a register of this version/)
    expect(said).toMatch(/good +keys +The key store belongs to the register, and opens/)
    expect(said).toMatch(
      /BAD +durability +PostgreSQL runs with fsync = off and full_page_writes = off/
    )
    expect(said).toMatch(/role +The server is a superuser of PostgreSQL/)
    expect(said).not.toContain(cluster.socket)
  })

  test('a register of a newer version, keys of another register, and no register are named', async () => {
    await cluster.ask(url, `insert into register.kysely_migration values ('9999-newer', 'now')`)
    expect(await lines()).toMatch(/BAD +database +The register was written by a newer version/)
    await cluster.ask(url, `delete from register.kysely_migration where name = '9999-newer'`)

    const [kept] = await cluster.ask(
      url,
      `select value from register.facts where name = 'key-store'`
    )
    await cluster.ask(url, `update register.facts set value = 'another' where name = 'key-store'`)
    expect(await lines()).toMatch(/BAD +keys +The key store does not belong to this register/)
    const { value } = kept as { value: string }
    await cluster.ask(url, `update register.facts set value = '${value}' where name = 'key-store'`)

    const empty = await cluster.database('empty')
    expect(await lines({ KOTIKAYNTI_DATABASE_URL: empty })).toContain(
      'There is no register in the database yet'
    )
    expect(await lines({ KOTIKAYNTI_DATABASE_URL: cluster.url('nowhere') })).toMatch(
      /BAD +database +The database of KOTIKAYNTI_DATABASE_URL is not there: make it with createdb/
    )
  })

  test('it writes nothing', async () => {
    const empty = await cluster.database('untouched')
    await lines({ KOTIKAYNTI_DATABASE_URL: empty })
    expect(
      await cluster.ask(empty, `select nspname from pg_namespace where nspname = 'register'`)
    ).toEqual([])
  })
})
