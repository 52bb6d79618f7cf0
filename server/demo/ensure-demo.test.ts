import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { addDays, dayAt, instantOf, toMilliseconds, type Day } from '#contract/day.ts'
import { entriesOf, entrySchema, type Entry } from '#contract/entry.ts'
import { holdsIdentityCode } from '#contract/identity-code.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Profile } from '#contract/profile.ts'
import type { Visit } from '#contract/visit.ts'
import { missingFields } from '#contract/note.ts'
import { organisationSchema } from '#contract/settings.ts'
import { readSituation, watchSituation } from '#server/customerships/situation.ts'
import { deleteCustomership } from '#server/ending/delete-customership.ts'
import { readEnding } from '#server/ending/read-ending.ts'
import { createJobs } from '#server/jobs/run.ts'
import { Meters } from '#server/meters/meters.ts'
import { openKeyStore, type KeyStore } from '#server/keys/key-store.ts'
import { fitsTemplate } from '#server/notes/fits-template.ts'
import { openStore, type Store } from '#server/store/store.ts'
import { countAlarms } from '#server/transfers/count-alarms.ts'
import { keepLedger } from '#server/transfers/keep-ledger.ts'
import { ensureDemo } from './ensure-demo.ts'
import { families } from './family.ts'
import { firstDayOf, historyOf } from './family-history.ts'
import { PracticeClock } from './practice-clock.ts'
import { provider } from './provider.ts'
import { coordinator, demoSignIns, demoWorker } from './staff.ts'

class Practice {
  readonly #folder = mkdtempSync(join(tmpdir(), 'practice-'))
  readonly #base = { time: 0, now: () => this.#base.time }
  readonly clock = new PracticeClock(this.#base)
  readonly log = { write: () => undefined }
  readonly version = '0.0.0'
  readonly meters = new Meters()
  store!: Store
  keyStore!: KeyStore

  static async open(today: string): Promise<Practice> {
    const practice = new Practice()
    practice.wakeOn(today)
    const { clock } = practice
    practice.keyStore = await openKeyStore({
      folder: join(practice.#folder, 'keys'),
      backupFolder: join(practice.#folder, 'copy'),
      rootKey: Buffer.alloc(32, 7),
      clock
    })
    const folder = join(practice.#folder, 'data')
    practice.store = await openStore({ folder, keyStore: practice.keyStore, clock })
    onTestFinished(async () => {
      await practice.store.close()
      practice.keyStore.close()
      rmSync(practice.#folder, { recursive: true, force: true })
    })
    return practice
  }

  get today(): Day {
    return dayAt(this.clock.now())
  }

  wakeOn(day: string): void {
    this.#base.time = instantOf(day as Day, 8, 10)
  }

  /** As a start does it: first the data, then what the calendar demands. */
  async start(): Promise<void> {
    await ensureDemo(this)
    await createJobs(this).runDue()
  }

  async entries(): Promise<Map<CustomershipId, Entry[]>> {
    const all = new Map<CustomershipId, Entry[]>()
    for (const { id } of await this.store.register.list())
      all.set(id, (await this.store.register.read(id, (reader) => reader.entries())) ?? [])
    return all
  }

  async situation() {
    return readSituation(this.store, watchSituation(this), coordinator, this.clock.now())
  }

  /** The demo worker's visits of a day. */
  async visitsOn(day: Day): Promise<Entry<'visit'>[]> {
    const entries = [...(await this.entries()).values()].flat()
    return entriesOf(entries, 'visit').filter(({ data }) => {
      const at = data.plannedStart
      return data.worker === demoWorker.id && at && dayAt(toMilliseconds(at)) === day
    })
  }
}

vi.setConfig({ testTimeout: 60_000 })

/** A Sunday, the first of a month, a leap day, a weekday, both clock changes, the turn of a year. */
const days = [
  '2026-11-22',
  '2027-06-01',
  '2028-02-29',
  '2026-11-25',
  '2027-03-28',
  '2027-10-31',
  '2027-01-01'
]

test.for(days)('on %s the demo worker has six clients and four visits at sensible hours, of siblings two at once', (text) => {
  const today = text as Day
  const own = families.filter(({ worker }) => worker === demoWorker)
  expect(own).toHaveLength(6)
  for (const day of [addDays(today, -1), today, addDays(today, 1)]) {
    const starts = own
      .flatMap((family) => historyOf(family, firstDayOf(family, today), today))
      .flatMap((one) => (one.kind === 'visit' ? [one.data] : []))
      .flatMap(({ plannedStart, plannedEnd }) =>
        plannedStart && plannedEnd
          ? [[toMilliseconds(plannedStart), toMilliseconds(plannedEnd)] as const]
          : []
      )
      .filter(([start]) => dayAt(start) === day)
      .sort(([one], [other]) => one - other)
    expect(starts).toHaveLength(4)
    const times = starts.filter(([start], index) => start !== starts[index - 1]?.[0])
    expect(times).toHaveLength(3)
    for (const [index, [start, end]] of times.entries()) {
      expect(start).toBeGreaterThanOrEqual(instantOf(day, 8))
      expect(end).toBeLessThanOrEqual(times[index + 1]?.[0] ?? instantOf(day, 17, 30))
    }
  }
})

test.for(days.slice(0, 3))('on %s exactly one family shows each thing that needs a person', async (today) => {
  const practice = await Practice.open(today)
  await practice.start()
  const { store } = practice
  const situation = await practice.situation()
  expect(await store.register.list()).toHaveLength(40)
  expect(situation.concerns).toHaveLength(1)
  expect(situation.overruns).toHaveLength(1)
  expect(situation.expiring).toHaveLength(1)
  expect(situation.permits).toHaveLength(1)
  expect(situation.papers).toHaveLength(1)
  expect(situation.silentDevices).toMatchObject([{ holds: 5 }])
  expect(situation.missing).toEqual([])
  const unwritten = [...(await practice.entries()).values()].filter((entries) => {
    const told = new Set(entriesOf(entries, 'note').map(({ data }) => data.visit))
    return entriesOf(entries, 'visit').some(
      ({ id, data }) => data.state === 'completed' && !told.has(id)
    )
  })
  expect(unwritten).toHaveLength(1)
  const [request, ...others] = await store.rights.list()
  expect(others).toEqual([])
  expect(request?.receivedOn).toBe(addDays(practice.today, -26))
  const tomorrow = addDays(practice.today, 1)
  expect(situation.endings.map(({ deleteBy }) => deleteBy === tomorrow)).toEqual([
    false,
    true,
    false
  ])
})

test('what is made is what the contract accepts, and holds no identity code', async () => {
  const practice = await Practice.open('2026-11-22')
  await practice.start()
  expect(organisationSchema.parse(provider)).toEqual(provider)
  const all = [...(await practice.entries()).values()].flat()
  for (const entry of all) expect(entrySchema.parse(entry)).toEqual(entry)
  const notes = entriesOf(all, 'note').map(({ data }) => data)
  expect(notes.length).toBeGreaterThan(800)
  for (const note of notes) {
    const template = provider.templates.find(({ id }) => id === note.template)
    expect(template && missingFields(template, note.fields)).toEqual([])
    const writing = { ...note, note: note.visit }
    expect(fitsTemplate(provider.templates, writing, 'signed')).toBe(true)
    expect(JSON.stringify(note.fields)).not.toMatch(/[{}][a-zäö]|undefined/)
  }
  expect(holdsIdentityCode(all)).toBe(false)
  expect(new Set(notes.map(({ fields }) => JSON.stringify(fields))).size).toBeGreaterThan(
    notes.length * 0.95
  )
})

test('one day makes the same data everywhere', async () => {
  const one = await Practice.open('2026-11-22')
  const other = await Practice.open('2026-11-22')
  await one.start()
  await other.start()
  expect(await other.entries()).toEqual(await one.entries())
})

test('the siblings share a surname, a home and their times, and nothing in either names the other', () => {
  const today = '2026-11-22' as Day
  const pair = families.filter(({ split }) => split !== null)
  const written = pair.map((family) => historyOf(family, firstDayOf(family, today), today))
  const of = (kind: 'profile' | 'visit') =>
    written.map((history) => history.flatMap((one) => (one.kind === kind ? [one.data] : [])))
  const profiles = of('profile').map(([profile]) => profile as Profile)
  const [one, other] = profiles.map(({ lastName, street, town }) => [lastName, street, town])
  expect(one).toEqual(other)
  const names = profiles.map(({ firstName }) => firstName.value)
  expect(new Set(names).size).toBe(2)
  for (const [index, history] of written.entries())
    expect(JSON.stringify(history)).not.toContain(names[1 - index])

  const held = of('visit').map((all) => (all as Visit[]).filter((visit) => visit.split))
  expect(held[0]!.length).toBeGreaterThan(5)
  const timesOf = (all: readonly Visit[] = []) =>
    new Map(all.map(({ startedAt, endedAt }) => [startedAt, endedAt]))
  const [first, second] = held.map(timesOf)
  for (const [startedAt, endedAt] of first!)
    if (second!.has(startedAt)) expect(second!.get(startedAt)).toBe(endedAt)
  expect([...first!.keys()].filter((at) => second!.has(at)).length).toBeGreaterThan(5)
})

test('§8 exactly one family has a protected address, and one suggestion waits', () => {
  const today = '2026-11-22' as Day
  const written = families.map((family) => historyOf(family, firstDayOf(family, today), today))
  const holding = (isIt: (one: (typeof written)[number][number]) => boolean) =>
    written.filter((history) => history.some(isIt))
  const isProtected = holding(
    (one) => one.kind === 'profile' && one.data.addressProtected?.value === 'yes'
  )
  const isSuggested = holding((one) => one.kind === 'suggestion')
  expect([isProtected.length, isSuggested.length]).toEqual([1, 1])
})

test('a second start of a day adds nothing; the next days add their visits only', async () => {
  const practice = await Practice.open('2026-11-20')
  await practice.start()
  const before = await practice.entries()
  await practice.start()
  expect(await practice.entries()).toEqual(before)

  practice.wakeOn('2026-11-22')
  await practice.start()
  expect(await practice.visitsOn('2026-11-22' as Day)).toHaveLength(4)
  const after = await practice.entries()
  for (const [id, entries] of before) {
    const isExpiring = families.find((family) => family.id === id)?.case === 'expiring'
    const kept = after.get(id)?.filter((entry) => entries.some((old) => old.id === entry.id)) ?? []
    if (!isExpiring) expect(kept).toEqual(entries)
    const added = after.get(id)?.filter((entry) => !entries.some((old) => old.id === entry.id))
    for (const { kind } of added ?? []) expect(kind).toBe('visit')
  }
  const situation = await practice.situation()
  expect(situation.overruns).toHaveLength(1)
  expect(situation.expiring).toHaveLength(1)
})

test('after a long pause the practice data stands as it did on its first day', async () => {
  const practice = await Practice.open('2026-11-20')
  await practice.start()
  practice.wakeOn('2027-02-10')
  await practice.start()
  expect(await practice.visitsOn(practice.today)).toHaveLength(4)
  const situation = await practice.situation()
  expect(situation.concerns).toHaveLength(1)
  expect(situation.overruns).toHaveLength(1)
  expect(situation.expiring).toHaveLength(1)
  expect(situation.endings).toHaveLength(3)
})

test('what was deleted in practice stays deleted', async () => {
  const practice = await Practice.open('2026-11-20')
  await practice.start()
  const { store, clock } = practice
  const ready = families.find((family) => family.case === 'ready-to-delete')
  if (!ready) throw new Error('one family is ready')
  const ending = await readEnding(store, ready.id, clock.now())
  expect(ending?.open).toEqual([])
  const plan = await store.register.transact(({ deletions }) =>
    deletions.plan(ready.id, {
      cause: 'asked',
      by: coordinator.id,
      plannedAt: clock.now(),
      devices: []
    })
  )
  if (!plan) throw new Error('it may be deleted')
  await deleteCustomership(practice, plan)
  practice.wakeOn('2026-11-21')
  await practice.start()
  expect(await store.register.list({ ids: [ready.id] })).toEqual([])
  expect(await store.register.list()).toHaveLength(39)
})

test('the sign-ins are those of the manual', () => {
  expect(demoSignIns).toEqual([
    { role: 'main-user', username: 'koordinaattori', password: 'harjoitus-toimisto' },
    { role: 'worker', username: 'tyontekija', password: 'harjoitus-kotikaynti' }
  ])
})

test('PSOP and Palse have heard of every old visit but one, which the portal takes for two days yet', async () => {
  const practice = await Practice.open('2026-11-24')
  await practice.start()
  const ledger = keepLedger(practice)
  // What was only planned on a day that nobody practised on has no outcome, and is told as that.
  const told = async () =>
    (await countAlarms(ledger, coordinator)).filter(
      ({ alarm }) => alarm !== 'incomplete'
    )
  expect(await told()).toEqual([
    { alarm: 'window-closing', month: expect.stringMatching(/^2026-(09|10)$/), count: 1 }
  ])
  practice.wakeOn('2026-11-26')
  await practice.start()
  expect((await told()).map(({ alarm, count }) => [alarm, count])).toEqual([['window-closing', 1]])
})
