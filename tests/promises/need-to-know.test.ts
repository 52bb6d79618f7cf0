import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { documentTypeSchema } from '#contract/document.ts'
import { storedKinds, type StoredKind } from '#contract/entry-kind.ts'
import { customershipIdSchema, rightsRequestIdSchema, type EntryId } from '#contract/id.ts'
import type { StoredData } from '#contract/office-entry.ts'
import { roleSchema, taskSchema, type Role, type Task } from '#contract/role.ts'
import { taskViews } from '#contract/view.ts'
import { endpoints } from '#server/http/endpoints.ts'
import type { User } from '#server/store/users.ts'
import { Canaries } from '#tests/support/canaries.ts'
import { newEntryId } from '#tests/support/people.ts'
import { isTold, readings } from '#tests/support/readings.ts'
import { pathOf } from '#tests/support/refusals.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World } from '#tests/support/world.ts'

const id = customershipIdSchema.parse(randomUUID())

let world: World
let canaries: Canaries
let worker: User
/** What lies in the register: a canary in every field of every kind. */
const filled = new Map<EntryId, { kind: StoredKind; data: StoredData<StoredKind> }>()

beforeAll(async () => {
  world = await World.create()
  worker = await world.user({ role: 'worker' })
  const decision = newEntryId(world)
  const visit = newEntryId(world)
  const unwritten = newEntryId(world)
  canaries = new Canaries({
    'assignment.worker': worker.id,
    'assignment.tasks': ['care'],
    'decision.funding': 'voucher',
    'service-event.visit': visit,
    'service-event.history.state': 'recorded',
    'visit.worker': worker.id,
    'visit.decision': decision,
    'note.visit': visit,
    'completion-request.visit': unwritten,
    'completion-request.wish': 'ending',
    'completion-request.worker': worker.id,
    'decision.controller': 'organiser',
    'visit.state': 'planned',
    'visit.forkOf': undefined,
    'contact.home.isProtected': false,
    'profile.addressProtected.value': 'no',
    'suggestion.field': 'allergies',
    'summary.organiser': 'mallikunta',
    'suggestion.state': 'open',
    'note.forkOf': undefined,
    'note.amends': undefined,
    'note.mergedInto': undefined,
    'document.removed': undefined
  })
  for (const kind of storedKinds) {
    if (kind !== 'document') {
      const entry = kind === 'decision' ? decision : kind === 'visit' ? visit : newEntryId(world)
      filled.set(entry, { kind, data: canaries.of(kind) })
      continue
    }
    for (const type of documentTypeSchema.options)
      filled.set(newEntryId(world), { kind, data: { ...canaries.of(kind), type } })
  }
  await world.parts.store.register.transact(async (tx) => {
    const change = await tx.create(id, dayAt(world.clock.now()))
    for (const [entry, { kind, data }] of filled) await change.put(kind, entry, data, worker.id)
    // One of yesterday, of which nobody has written.
    const startedAt = toMoment(world.clock.now() - 86_400_000)
    const yesterdays = { ...canaries.of('visit'), startedAt }
    await change.put('visit', unwritten, yesterdays, worker.id)
    const endDay = addDays(dayAt(world.clock.now()), 5)
    await change.setEnding({ endDay, deleteBy: addDays(endDay, 60), reason: 'service-completed' })
  })
  await world.parts.store.rights.add({
    id: rightsRequestIdSchema.parse(randomUUID()),
    number: 'P-2026-0001',
    customership: id,
    kind: 'access',
    who: 'client',
    identified: 'strong',
    receivedOn: dayAt(world.clock.now()),
    registeredAt: world.clock.now(),
    registeredBy: worker.id
  })
})
afterAll(() => world.close())

async function assigned(role: Role, task: Task, own: readonly Task[]): Promise<WireTablet> {
  const user = await world.user({ role, tasks: own })
  const from = dayAt(world.clock.now())
  await world.parts.store.register.transact((tx) =>
    tx.change(id, (change) =>
      change.put('assignment', newEntryId(world), { worker: user.id, from, tasks: [task] }, user.id)
    )
  )
  return WireTablet.enrol(world, user)
}

/** By hand, a second time: what the task shows of an entry; null when nothing. */
function seen(
  task: Task,
  { kind, data }: { kind: StoredKind; data: StoredData<StoredKind> }
): object | null {
  const kinds: Partial<Record<StoredKind, 'all' | readonly string[]>> = taskViews[task].kinds
  const types: 'all' | readonly string[] = taskViews[task].documentTypes
  const fields = kinds[kind]
  if (!fields) return null
  if (kind === 'document' && types !== 'all' && !types.includes((data as { type: string }).type))
    return null
  const shown = Object.entries(data).filter(
    ([field, value]) => value !== undefined && (fields === 'all' || fields.includes(field))
  )
  return Object.fromEntries(shown)
}

const opens = (role: Role, task: Task): boolean =>
  task !== 'oversight' && (task !== 'administration' || role === 'main-user')

describe.each(roleSchema.options)('§12 a tablet of a %s', (role) => {
  test.each(taskSchema.options)('whose task is %s holds its fields and no other', async (task) => {
    const own = role === 'worker' ? [task] : (['administration'] as const)
    const tablet = await assigned(role, task, own)
    const answer = await tablet.askPull()
    await tablet.pull()
    const held = tablet.held.get(id)
    expect(held !== undefined).toBe(opens(role, task))

    const places = new Set<string>()
    for (const [entry, one] of filled) {
      const data = opens(role, task) ? seen(task, one) : null
      expect(held?.entries.get(entry)?.data).toEqual(data ?? undefined)
      if (data) for (const place of canaries.heardIn(JSON.stringify(data))) places.add(place)
    }
    // What was not put together from fields, but stands somewhere else in the answer, is heard here.
    expect(new Set(canaries.heardIn(answer.text))).toEqual(places)
  })
})

test('§12 a main user who only oversees has nothing of a client on any tablet', async () => {
  for (const task of taskSchema.options) {
    const tablet = await assigned('main-user', task, ['oversight'])
    expect(canaries.heardIn((await tablet.askPull()).text)).toEqual([])
  }
})

test('every mounted route of the office that reads is in the table, and no other', () => {
  const mounted = world.app.routes
    .map(({ method, pattern }) => `${method} ${pattern}`)
    // A line that rings says nothing else (live.test.ts), and has no end to wait for.
    .filter((route) => route.startsWith('GET /api/office/') && !endpoints[route]?.events)
  expect(Object.keys(readings).filter((route) => route.startsWith('GET '))).toEqual(
    expect.arrayContaining(mounted)
  )
  const all = new Set(world.app.routes.map(({ method, pattern }) => `${method} ${pattern}`))
  expect(Object.keys(readings).filter((route) => !all.has(route))).toEqual([])
})

describe.each(Object.entries(readings))(
  '§12 %s',
  (route, { tells, body, query = '', status = 200, tasks = taskSchema.options }) => {
    const [method = '', pattern = ''] = route.split(' ')
    const ask = async (o: { role: Role; tasks: Task[] }) => {
      const client = await world.signedIn(await world.user(o))
      const path = pathOf(pattern, { customership: id, device: '', user: worker.id })
      return client.ask(
        method,
        path + query,
        body?.({ customership: id, device: '', user: worker.id })
      )
    }

    test.each(taskSchema.options.filter((task) => task !== 'oversight'))(
      'tells a main user whose task is %s what it needs to, and nothing else',
      async (task) => {
        const answer = await ask({ role: 'main-user', tasks: [task] })
        expect(answer.status).toBe(tasks.includes(task) ? status : 403)
        const heard = canaries.heardIn(answer.text)
        expect(heard.filter((place) => !isTold(place, tells))).toEqual([])
        // A table that allows what never comes protects nothing.
        for (const told of tasks.includes(task) ? tells : [])
          expect(heard.filter((place) => isTold(place, [told]))).not.toEqual([])
      }
    )

    test('tells a main user who only oversees nothing of any client', async () => {
      const answer = await ask({ role: 'main-user', tasks: ['oversight'] })
      expect(canaries.heardIn(answer.text)).toEqual([])
    })

    test.each(taskSchema.options)('tells a worker whose task is %s nothing', async (task) => {
      const answer = await ask({ role: 'worker', tasks: [task] })
      expect([answer.status, canaries.heardIn(answer.text)]).toEqual([403, []])
    })
  }
)
