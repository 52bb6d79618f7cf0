import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { newEntry, StoreWorld } from '#tests/support/open-store.ts'
import { isOnFiles } from '#tests/support/postgres.ts'

const long = 'sana '.repeat(200_000)

test.runIf(isOnFiles)(
  'a log that has grown is written back beside the event loop, and is gone when the store is closed',
  async () => {
    const world = await StoreWorld.open()
    const id = await world.openCustomership()
    const write = () =>
      world.store.register.transact((tx) =>
        tx.change(id, (change) => change.put('note', newEntry(), world.note(long), world.by))
      )
    for (let written = 0; written < 8; written += 1) await write()
    const log = () => statSync(join(world.data, 'register.db-wal'), { throwIfNoEntry: false })
    expect(log()?.size).toBeGreaterThan(4 * 2 ** 20)
    // What is written back already costs the next one nothing: the file itself holds it all.
    await vi.waitFor(
      async () => {
        await world.store.register.list()
        expect(statSync(join(world.data, 'register.db')).size).toBeGreaterThan(8 * long.length)
      },
      { timeout: 10_000, interval: 100 }
    )
    // Ended from outside while it still loads, the thread would take the process with it.
    const ended = vi.spyOn(Worker.prototype, 'terminate')
    await world.stop()
    expect(ended).not.toHaveBeenCalled()
    ended.mockRestore()
    expect(log()?.size ?? 0).toBe(0)
    await world.start()
    const notes = await world.store.register.read(id, (reader) => reader.ofKind('note'))
    expect(notes).toHaveLength(8)
  }
)
