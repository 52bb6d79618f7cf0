import { expect, onTestFinished, test } from 'vitest'
import { newEntry, StoreWorld } from '#tests/support/open-store.ts'
import { isOnFiles } from '#tests/support/postgres.ts'

test.runIf(isOnFiles)(
  'a crowd that waits for the connection leaves others their turns',
  async () => {
    const world = await StoreWorld.open()
    const id = await world.openCustomership()
    let turns = 0
    const ticking = setInterval(() => (turns += 1), 1)
    onTestFinished(() => clearInterval(ticking))
    await Promise.all(
      Array.from({ length: 300 }, () =>
        world.store.register.transact((tx) =>
          tx.change(id, (change) => change.put('note', newEntry(), world.note('sana'), world.by))
        )
      )
    )
    expect(turns).toBeGreaterThan(2)
  }
)
