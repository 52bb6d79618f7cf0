import 'fake-indexeddb/auto'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { entriesOf } from '#contract/entry.ts'
import { protocolHeader } from '#contract/version.ts'
import { databaseName, DoorDatabase, VaultDatabase } from '#lib/device/database.ts'
import { deliver } from '#lib/outbox/deliver.ts'
import { Drawing } from '#lib/sync/drawing.ts'
import { pull } from '#lib/sync/pull.ts'
import { readSnapshot } from '#lib/sync/snapshot.ts'
import { memoryFile } from '#lib/vault/keyring-place.ts'
import { OpenVault } from '#lib/vault/open-vault.ts'
import { residentOf } from '#lib/vault/resident.ts'
import { lineTo, RoomHouse } from '#tests/support/vault-room.ts'
import { World } from '#tests/support/world.ts'
import type { RecordedDatabase, RecordedVault } from './recorded-vault.ts'

const folder = new URL('vaults/', import.meta.url)

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

/** What JSON could not tell. */
function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(whole)
  if (typeof value !== 'object' || value === null) return value
  const { $buffer, $bytes } = value as { $buffer?: string; $bytes?: string }
  if ($buffer !== undefined) return bytesOf($buffer).buffer
  if ($bytes !== undefined) return bytesOf($bytes)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, whole(one)]))
}

/** As the version of then made it, and nothing newer. */
function layOut({ name, version, stores }: RecordedDatabase): Promise<void> {
  const opening = indexedDB.open(name, version)
  opening.onupgradeneeded = () => {
    for (const { name: store, keyPath, indexes, rows, keys } of stores) {
      const made = opening.result.createObjectStore(store, { keyPath: keyPath as string | null })
      for (const { name: index, keyPath: path, unique, multiEntry } of indexes)
        made.createIndex(index, path as string, { unique, multiEntry })
      for (const [at, row] of rows.entries())
        if (keyPath === null) made.add(whole(row), whole(keys[at]) as IDBValidKey)
        else made.add(whole(row))
    }
  }
  return new Promise((resolve, reject) => {
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
    opening.onerror = () => reject(new Error('not laid out'))
  })
}

async function serverOf({ recordedAt, origins, server }: RecordedVault): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), 'recorded-'))
  for (const [path, base64] of Object.entries(server)) {
    await mkdir(dirname(join(home, path)), { recursive: true })
    await writeFile(join(home, path), bytesOf(base64))
  }
  return World.in(home, { now: recordedAt + 60_000, env: { KOTIKAYNTI_ORIGIN: origins } })
}

/** The tablet's own origin, with the cookies it had. */
function ask(world: World, { origin, cookies }: RecordedVault): void {
  const Cookie = cookies.map((pair) => pair.join('=')).join('; ')
  globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('Cookie', Cookie)
    headers.set('Origin', origin)
    headers.set(protocolHeader, '1')
    return world.app.fetch(new Request(new URL(input as string, origin), { ...init, headers }))
  }
}

afterEach(() => vi.useRealTimers())

test.each(readdirSync(folder))(
  'a vault that %s left, and its outbox, are taken over and delivered, and their server with them',
  { timeout: 60_000 },
  async (file) => {
    const text = gunzipSync(await readFile(new URL(file, folder))).toString('utf8')
    const recorded = JSON.parse(text) as RecordedVault
    vi.useFakeTimers({ toFake: ['Date'], now: recorded.recordedAt + 60_000 })
    for (const database of recorded.databases) await layOut(database)
    const world = await serverOf(recorded)
    onTestFinished(() => world.close())
    ask(world, recorded)
    const door = new DoorDatabase()
    const [row] = await door.vaults.toArray()
    if (!row) throw new Error('nobody lives there')
    const database = new VaultDatabase(row.device)
    // The next one's door has the same name.
    onTestFinished(async () => {
      for (const each of [door, database]) await each.delete()
    })
    expect(recorded.databases.map(({ name }) => name)).toContain(databaseName(row.device))

    // Locked, as whoever opens the browser in the morning.
    const waiting = await database.outbox.where('waiting').equals(1).count()
    expect(waiting).toBeGreaterThan(3)
    const delivery = await deliver(database, row.device, { resting: true })
    expect(delivery).toMatchObject({ state: 'empty', delivered: waiting })
    const outcomes = (await database.outbox.toArray()).map(({ receipt }) => receipt?.outcome)
    expect(new Set(outcomes)).toEqual(new Set(['applied']))

    const house = new RoomHouse()
    house.disk = memoryFile(bytesOf(recorded.files[`keyring-${row.device}`] ?? ''))
    const room = house.room()
    const { wrongPassphraseLimit: limit } = row.policy
    const by = { passphrase: recorded.passphrase }
    const resident = residentOf(row)
    const { result } = await room.unlock({ resident, by, limit, time: recorded.recordedAt })
    expect(result).toBe('open')
    const vault = new OpenVault({ resident, database, door, room: lineTo(room) })
    expect(await pull(vault, () => undefined)).toBe('done')
    const drawn = await new Drawing(vault).draw(await readSnapshot(vault))
    expect(drawn.faces.map(({ firstName }) => firstName).sort()).toEqual(['Aamu', 'Bertta'])

    const { register } = world.parts.store
    const ids = drawn.faces.map(({ id }) => id)
    const read = await register.readEach(ids, (reader) => reader.entries())
    const notes = entriesOf([...read.values()].flat(), 'note')
    const written = notes.map(({ data }) => data.fields['done'])
    expect(written.sort()).toEqual([...recorded.words].sort())
  }
)
