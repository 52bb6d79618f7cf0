import { expect, test } from 'vitest'
import { ClientTable, rowsOnPage } from './client-table.svelte.ts'

/** A desk whose register has so many clients; it keeps what it was asked. */
function tableOver(total: number) {
  const asked: unknown[] = []
  const register = { total }
  const table = new ClientTable({
    ask: async (_method, _path, body) => {
      asked.push(body)
      const { offset } = body as { offset: number }
      const length = Math.max(0, Math.min(rowsOnPage, register.total - offset))
      const customerships: unknown[] = Array.from({ length }, () => ({}))
      return { ok: true, data: { total: register.total, customerships } } as never
    }
  })
  return { table, asked, register }
}

test('what narrows is asked for, and what narrows nothing is left out', async () => {
  const { table, asked } = tableOver(120)
  table.type('vir ai')
  table.narrow({ state: 'ending', product: 'home-service' })
  await table.load()
  expect(asked).toEqual([
    {
      query: 'vir ai',
      state: 'ending',
      product: 'home-service',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: rowsOnPage
    }
  ])
  expect(table.isNarrowed).toBe(true)
  table.showAll()
  expect(table.isNarrowed).toBe(false)
})

test('a heading sorts, and again turns; whatever changes begins from the first page', async () => {
  const { table } = tableOver(120)
  await table.load()
  expect(table.turn(1)).toBe(true)
  table.sortBy('nextVisit')
  expect([table.sort, table.offset]).toEqual([{ key: 'nextVisit', descending: false }, 0])
  table.turn(1)
  table.sortBy('nextVisit')
  expect([table.sort, table.offset]).toEqual([{ key: 'nextVisit', descending: true }, 0])
  table.turn(1)
  table.type('a')
  expect(table.offset).toBe(0)
  table.sortBy('workers')
  expect(table.sort.key).toBe('nextVisit')
})

test('there is no page before the first and none after the last, also when rows have gone', async () => {
  const { table, register } = tableOver(120)
  await table.load()
  expect(table.turn(-1)).toBe(false)
  expect([table.turn(1), table.turn(1), table.turn(1)]).toEqual([true, true, false])
  expect(table.offset).toBe(2 * rowsOnPage)
  register.total = 60
  await table.load()
  expect(table.offset).toBe(rowsOnPage)
})
