import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newCustomership } from '#tests/support/open-store.ts'
import { PrivateCluster, postgresPrograms } from '#tests/support/postgres.ts'
import { KeyDatabase } from './key-database.ts'
import { KeyFile } from './key-file.ts'
import type { KeyRow, KeyRows } from './key-rows.ts'
import { openKeyStore, type KeyStore } from './key-store.ts'
import { KeysUnavailable, KeyStoreError } from './key-store-error.ts'

const isHere = postgresPrograms() !== null
if (!isHere) console.warn('Left out: there is no PostgreSQL here, so keys are not put into it.')

const clock = { time: Date.parse('2026-11-22T09:00:00Z'), now: () => clock.time }
const rootKey = Buffer.alloc(32, 7)

describe.skipIf(!isHere)('the first copy of the keys in a database', () => {
  let cluster: PrivateCluster
  let folder: string
  let databaseUrl: string
  let databases = 0
  const opened: { close(): void }[] = []

  beforeAll(async () => {
    cluster = await PrivateCluster.start({ isDurable: true })
  })
  afterAll(() => cluster.close())
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'))
    databases += 1
    const name = `keys_${databases}`
    await cluster.ask(cluster.url('postgres'), `create role ${name}_owner login`)
    await cluster.ask(cluster.url('postgres'), `create database ${name} owner ${name}_owner`)
    await cluster.ask(cluster.url('postgres'), `revoke connect on database ${name} from public`)
    databaseUrl = cluster.url(name, `${name}_owner`)
  })
  afterEach(() => {
    for (const one of opened.splice(0)) one.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = <T extends { close(): void }>(one: T): T => {
    opened.push(one)
    return one
  }
  const place = (url: string | null) => ({
    folder: join(folder, 'keys'),
    backupFolder: join(folder, 'copy'),
    databaseUrl: url
  })
  const keyStore = async (url: string | null): Promise<KeyStore> =>
    open(await openKeyStore({ ...place(url), rootKey, clock }))
  const close = (one: { close(): void }) => {
    opened.splice(opened.indexOf(one), 1)
    one.close()
  }

  const row = (name: string, madeAt: number, state: KeyRow['state'] = 'ready'): KeyRow => ({
    ...{ name, state, wrappedBy: null, publicKey: null, madeAt },
    wrapped: Buffer.from(`${name} is wrapped`)
  })

  test('it holds rows as a file does', () => {
    const copies: KeyRows[] = [
      open(new KeyFile(join(folder, 'file'), 'key-store.db')),
      open(new KeyDatabase(databaseUrl))
    ]
    const said = copies.map((copy) => {
      const before = [copy.identity, copy.changes, copy.list(), copy.find('data/1')]
      copy.begin('one store')
      copy.put([row('data/2', 5), row('data/1', 5), row('sealing/1', 4), row('data%', 9)], 1)
      copy.put([row('data/1', 6, 'destroying')], 2)
      copy.remove(['data/2', 'never there'], 3)
      return [
        before,
        copy.identity,
        copy.changes,
        copy.list(),
        copy.list('data'),
        copy.list('data%'),
        copy.find('data/1')
      ]
    })
    expect(said[1]).toEqual(said[0])
  })

  test('it is made from the second copy, and opens what was sealed before', async () => {
    const before = await keyStore(null)
    const id = newCustomership()
    before.createDataKey(id)
    const key = before.dataKey(id)?.export()
    const signature = before.publicKey()
    close(before)
    const after = await keyStore(databaseUrl)
    const [first, second] = [
      open(new KeyDatabase(databaseUrl)),
      open(new KeyFile(join(folder, 'copy'), 'key-store.db'))
    ]
    expect(first.identity).toBe(second.identity)
    expect(first.list()).toEqual(second.list())
    expect(after.dataKey(id)?.export()).toEqual(key)
    expect(after.publicKey()).toBe(signature)
  })

  test('§7 what is destroyed is in neither copy, and no epoch key was ever in the database', async () => {
    const keys = await keyStore(databaseUrl)
    const [gone, kept] = [newCustomership(), newCustomership()]
    keys.createDataKeys([gone, kept])
    keys.destroyDataKey(gone)
    await keys.turnEpoch()
    expect(keys.holdsDataKey(gone)).toBe(false)
    expect(keys.dataKey(kept)).not.toBeNull()
    const rows = await cluster.ask(databaseUrl, 'select name from keys')
    expect(rows.map((one) => (one as { name: string }).name)).toContain(`data/${kept}`)
    expect(JSON.stringify(rows)).not.toContain(gone)
    expect(JSON.stringify(rows)).not.toContain('epoch/')
  })

  test('the role of the register reads none of it', async () => {
    await keyStore(databaseUrl)
    await cluster.ask(cluster.url('postgres'), 'create role register_owner login').catch(() => [])
    const name = `keys_${databases}`
    await expect(cluster.ask(cluster.url(name, 'register_owner'), 'select 1')).rejects.toThrow(
      'permission denied'
    )
  })

  test('while it does not answer nothing is made or taken for destroyed, and then it goes on', async () => {
    const keys = await keyStore(databaseUrl)
    const [before, during] = [newCustomership(), newCustomership()]
    keys.createDataKey(before)
    await cluster.stop('SIGQUIT')
    expect(() => {
      keys.createDataKey(during)
    }).toThrow(KeysUnavailable)
    expect(() => keys.holdsDataKey(before)).toThrow(KeysUnavailable)
    expect(() => {
      keys.destroyDataKey(before)
    }).toThrow(KeyStoreError)
    await cluster.resume()
    expect(keys.holdsDataKey(before)).toBe(true)
    expect(keys.holdsDataKey(during)).toBe(false)
    keys.createDataKey(during)
    expect(keys.dataKey(during)).not.toBeNull()
  })
})
