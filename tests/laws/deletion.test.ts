import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { customershipIdSchema, type CustomershipId } from '#contract/id.ts'
import { systemClock } from '#server/clock.ts'
import { commitDeletion, deleteCustomership } from '#server/ending/delete-customership.ts'
import { scanRemains } from '#server/ending/scan-remains.ts'
import { registerMap, searchMap } from '#server/store/deletion-map.ts'
import type { User } from '#server/store/users.ts'
import { newEntryId } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { World } from '#tests/support/world.ts'

const thousands = 2000
const deletions = 6
const overdue = Number(process.env['KOTIKAYNTI_DELETIONS'] ?? 20)

let world: World
let mainUser: User

beforeEach(async () => {
  world = await World.create({ now: systemClock.now() })
  mainUser = await world.user({ role: 'main-user' })
})
afterEach(() => world.close())

/** Many families at once, each with a profile, a decision and a note. */
async function fill(count: number): Promise<CustomershipId[]> {
  const { register } = world.parts.store
  const ids = Array.from({ length: count }, () => customershipIdSchema.parse(randomUUID()))
  register.prepareKeys(ids)
  const today = dayAt(world.clock.now())
  const at = toMoment(world.clock.now())
  const stated = (value: string) => ({ value, source: 'client', by: mainUser.id, at }) as const
  const sealed = ids.map((id, index) => {
    const visit = newEntryId(world)
    const profile = { firstName: stated('Aino'), lastName: stated(`Perhe${index}`) }
    const note = {
      visit,
      template: 'home-service',
      templateVersion: 1,
      fields: { done: `Perheen ${index} arki sujui` },
      state: 'signed' as const,
      author: mainUser.id,
      writtenAt: at,
      signedAt: at
    }
    const entries = [
      { kind: 'profile', id: newEntryId(world), data: profile },
      { kind: 'note', id: newEntryId(world), data: note }
    ] as const
    return register.seal({ id, startDay: addDays(today, -300), entries }, mainUser.id)
  })
  const use = {
    user: mainUser.id,
    device: null,
    kind: 'write',
    purpose: 'organising',
    at: world.clock.now()
  } as const
  await register.transact((tx) => tx.insert(sealed, use))
  await register.index(ids, () => undefined)
  return ids
}

type Rows = Map<string, Set<string>>

/** Every row of every table, as text. */
async function wholeStore(): Promise<Rows> {
  const { register, search } = world.parts.store.files
  const rows: Rows = new Map()
  const text = (row: object) =>
    JSON.stringify(row, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
    )
  for (const table of Object.keys(registerMap) as (keyof typeof registerMap)[])
    rows.set(table, new Set((await register.sql.selectFrom(table).selectAll().execute()).map(text)))
  for (const table of Object.keys(searchMap) as (keyof typeof searchMap)[])
    rows.set(table, new Set((await search.sql.selectFrom(table).selectAll().execute()).map(text)))
  return rows
}

const places = { ...registerMap, ...searchMap }
/** What a deletion leaves behind by design: who did what, and its proof. */
const traces = Object.entries(places).flatMap(([table, { fate }]) =>
  fate === 'kept' ? [table] : []
)

test(
  `§7 of ${thousands} customerships exactly the one deleted is gone, every row of all others is byte for byte the same`,
  { timeout: 120_000 },
  async () => {
    const ids = await fill(thousands)
    let before = await wholeStore()
    for (let count = 0; count < deletions; count += 1) {
      const [id] = ids.splice(randomInt(ids.length), 1)
      if (!id) throw new Error('there are enough')
      const plan = await world.parts.store.register.transact((tx) =>
        commitDeletion(world.parts, tx, id, 'asked', mainUser.id)
      )
      if (!plan) throw new Error('it is there')
      await deleteCustomership(world.parts, plan)
      // What is looked for is forgotten when it was not found: by then, and not during the next.
      await scanRemains(world.parts)
      const after = await wholeStore()
      for (const [table, rows] of before) {
        const left = after.get(table) ?? new Set()
        const gone = [...rows].filter((row) => !left.has(row))
        const came = [...left].filter((row) => !rows.has(row))
        for (const row of gone) expect(row).toContain(id)
        if (!traces.includes(table)) expect([table, came]).toEqual([table, []])
        const fate = places[table as keyof typeof places].fate
        if (fate === 'erased') expect([...left].filter((row) => row.includes(id))).toEqual([])
      }
      expect(before.get('entries')?.size).toBe((after.get('entries')?.size ?? 0) + 2)
      before = after
    }
  }
)

test(
  `§7 a server that is killed again and again while it deletes ${overdue} gives each one certificate`,
  { timeout: 180_000 },
  async () => {
    const ids = await fill(overdue + 5)
    const due = ids.slice(0, overdue)
    const today = dayAt(world.clock.now())
    for (const id of due)
      await world.parts.store.register.transact((tx) =>
        tx.change(id, (change) => {
          const endDay = addDays(today, -100)
          return change.setEnding({ endDay, deleteBy: addDays(today, -1), reason: 'other' })
        })
      )
    await world.stop()
    const server = new ServerProcess(await freePort(), world.env)
    let kills = 0
    const left = async () => {
      await world.start()
      const { store } = world.parts
      const open = await store.register.list({ states: ['active', 'ending', 'closed', 'deleting'] })
      const certificates = await store.certificates.list()
      await world.stop()
      return { open: open.filter(({ id }) => due.includes(id)), certificates }
    }
    // It begins to delete as soon as it has started, however long that takes on this machine today.
    let life = 300
    for (let open = due.length; open > 0;) {
      const starting = server.start().catch(() => undefined)
      await pause(life + randomInt(60))
      await server.kill()
      await starting
      const { length } = (await left()).open
      if (length === open) life += 80
      else if (length > 0) kills += 1
      open = length
    }
    // What the last kill cut short is finished at the next start.
    await server.start()
    await pause(1000)
    await server.stop()
    expect(kills).toBeGreaterThan(0)
    expect(server.output).not.toContain('failed')
    const { certificates } = await left()
    expect(certificates.map(({ customership }) => customership).sort()).toEqual([...due].sort())
    expect(new Set(certificates.map(({ number }) => number)).size).toBe(overdue)
    await world.start()
    for (const id of due) expect(world.parts.keyStore.holdsDataKey(id)).toBe(false)
    expect(await world.parts.store.deletions.open()).toEqual([])
    expect(await world.parts.store.register.list()).toHaveLength(5)
  }
)
