import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Table } from 'dexie'
import { Gateway } from './gateway.ts'

class Shelf extends Gateway {
  words!: Table<{ id: number; text: string }, number>

  constructor(name: string, version = 1) {
    super(name)
    this.version(version).stores({ words: 'id' })
  }
}

let name = ''
let shelf: Shelf

beforeEach(async () => {
  name = crypto.randomUUID()
  shelf = new Shelf(name)
  await shelf.words.put({ id: 0, text: 'ennen' })
})

const connection = () => shelf.backendDB()

const write = (id: number) =>
  shelf.transaction('rw', [shelf.words], async () => {
    await shelf.words.put({ id, text: 'jälkeen' })
  })

test('what many write at once into a connection that was closed is all written', async () => {
  connection().close()
  await Promise.all([write(1), write(2), write(3)])
  expect(await shelf.words.count()).toBe(4)
})

test.for(['UnknownError', 'AbortError', 'InvalidStateError'])(
  'a connection that answers %s is opened anew',
  async (fault) => {
    // Dexie takes the function when it opens.
    shelf.close({ disableAutoOpen: false })
    const whole = IDBDatabase.prototype.transaction
    let gone: IDBDatabase | null = null
    IDBDatabase.prototype.transaction = function (...given) {
      if (this === gone) throw new DOMException('the server of the database is gone', fault)
      return whole.apply(this, given)
    }
    await shelf.open()
    IDBDatabase.prototype.transaction = whole
    gone = connection()
    await write(1)
    expect(await shelf.words.count()).toBe(2)
  }
)

test('a disk that takes no write is told of, however much is read meanwhile, and written to when it takes one', async () => {
  shelf.close({ disableAutoOpen: false })
  const whole = IDBDatabase.prototype.transaction
  let tries = 0
  let isDead = true
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    // The bound lets the test fail where it would go on for ever.
    if (mode === 'readwrite' && isDead && (tries += 1) < 100)
      throw new DOMException('dead', 'AbortError')
    return whole.call(this, stores, mode, options)
  }
  await shelf.open()
  // A read that succeeds between two tries would let Dexie count anew.
  shelf.on('close', () => void shelf.words.count())
  await expect(write(1)).rejects.toThrow()
  expect(tries).toBeLessThan(20)
  isDead = false
  await write(2)
  expect(await shelf.words.count()).toBe(2)
  IDBDatabase.prototype.transaction = whole
})

test('what could not be opened once is opened when it is asked for again', async () => {
  shelf.close({ disableAutoOpen: false })
  const open = IDBFactory.prototype.open
  IDBFactory.prototype.open = () => {
    throw new DOMException('not now', 'QuotaExceededError')
  }
  await expect(write(1)).rejects.toThrow()
  IDBFactory.prototype.open = open
  await expect.poll(() => write(1).then(() => shelf.words.count()), { timeout: 5000 }).toBe(2)
})

test('a newer version waits until words are sealed, and then nothing is written the old way', async () => {
  const order: string[] = []
  shelf.beforeYield = async () => {
    await write(1)
    order.push('sealed')
  }
  const newer = new Shelf(name, 2)
  await newer.open()
  order.push('upgraded')
  expect(order).toEqual(['sealed', 'upgraded'])
  expect(await newer.words.count()).toBe(2)
  await expect(write(2)).rejects.toThrow()
  await expect(new Shelf(name).words.count()).rejects.toThrow()
  expect(await newer.words.count()).toBe(2)
})

test('an upgrade that throws leaves every row as it was, and the old version goes on with them', async () => {
  const newer = new Shelf(name, 2)
  newer
    .version(3)
    .stores({ words: 'id, text' })
    .upgrade(async (change) => {
      await change.table('words').clear()
      throw new Error('it fails')
    })
  await expect(newer.open()).rejects.toThrow()
  await write(1)
  const given = vi.fn()
  shelf.on('versionchange', given)
  await expect(newer.words.count()).rejects.toThrow()
  expect(given).not.toHaveBeenCalled()
  expect(await shelf.words.toArray()).toEqual([
    { id: 0, text: 'ennen' },
    { id: 1, text: 'jälkeen' }
  ])
  expect(Math.floor(connection().version / 10)).toBe(1)
})

test('an old version that opens what a newer one has rearranged changes nothing in it', async () => {
  const newer = new Shelf(name, 2)
  newer.version(3).stores({ words: null, sayings: 'id' })
  await newer.open()
  newer.close()
  await expect(new Shelf(name).words.count()).rejects.toThrow()
  const [found] = (await indexedDB.databases()).filter((one) => one.name === name)
  expect(found?.version).toBe(30)
  expect([...(await newer.open()).backendDB().objectStoreNames]).toEqual(['sayings'])
})
