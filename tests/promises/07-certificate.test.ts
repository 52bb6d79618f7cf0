import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  certificateKeysSchema,
  certificateAnswerSchema,
  certificateText,
  type Certificate,
  type CertificateTwo,
  type FormerCertificate
} from '#contract/certificate.ts'
import { dayAt, toMoment } from '#contract/day.ts'
import { judgeCertificate } from '#contract/judge-certificate.ts'
import type { CustomershipId } from '#contract/id.ts'
import { protocolHeader } from '#contract/version.ts'
import { signCertificate } from '#server/ending/certificate.ts'
import { commitDeletion, deleteCustomership } from '#server/ending/delete-customership.ts'
import { markBytes } from '#server/store/byte-search.ts'
import { fileKinds } from '#server/store/deletion-map.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { faultsOfPdf } from '#tests/support/pdf-faults.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { verifyEd25519 } from '#tests/support/ed25519.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let mainUser: User
let worker: User
let family: Family

const day = 86_400_000

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office, 'Haapalainen')
  await family.assign(worker.id)
})
afterEach(() => world.close())

async function planned(id: CustomershipId = family.id) {
  const plan = await world.parts.store.register.transact((tx) =>
    commitDeletion(world.parts, tx, id, 'asked', mainUser.id)
  )
  if (!plan) throw new Error('there is nothing to delete')
  return plan
}

async function certificateOf(id: CustomershipId = family.id): Promise<CertificateTwo> {
  const found = await world.parts.store.certificates.find(id)
  if (!found || !('format' in found)) throw new Error('there is no certificate')
  return found
}

async function isGenuine(certificate: Certificate): Promise<boolean> {
  const answer = await world
    .client()
    .ask('GET', '/api/certificates/key', undefined, { 'Kotikaynti-Protocol': null })
  const { keys } = certificateKeysSchema.parse(answer.body)
  const judged = await judgeCertificate(JSON.stringify(certificate), keys, verifyEd25519)
  return judged.verdict === 'genuine'
}

/** The marks as they lie on a disk, before the key is destroyed. */
async function marksOf(id: CustomershipId): Promise<Buffer[]> {
  const row = await world.parts.store.files.register.sql
    .selectFrom('marks')
    .select('marks')
    .where('customership', '=', id)
    .executeTakeFirstOrThrow()
  const marks = Buffer.from(row.marks.map((byte) => ~byte))
  return Array.from({ length: marks.length / markBytes }, (_, at) =>
    marks.subarray(at * markBytes, (at + 1) * markBytes)
  )
}

/** On this mark the rest of the test depends. */
const at = (marks: readonly Buffer[], index: number): Buffer => marks[index] ?? Buffer.alloc(0)

test('§7 after a deletion every file is read through, and none holds a byte of what was erased', async () => {
  const plan = await planned()
  expect(await marksOf(family.id)).toHaveLength(plan.entries + 1)
  await deleteCustomership(world.parts, plan)
  expect(await certificateOf()).toMatchObject({ scan: null, renewedAt: null })
  await world.app.jobs.runDue()
  const certificate = await certificateOf()
  expect(certificate.scan).toMatchObject({ marks: plan.entries + 1, found: 0 })
  if (isOnFiles) expect(certificate.scan?.files).toBe(filesNow().length)
  else expect(certificate.scan?.files).toBeGreaterThan(filesNow().length)
  expect(certificate.scan?.bytes).toBeGreaterThan(100_000)
  expect(certificate.methods).toEqual([
    'key-destroyed',
    'rows-erased',
    isOnFiles ? 'log-truncated' : 'rows-vacuumed',
    'absence-verified',
    'bytes-scanned'
  ])
  expect(certificate.kinds).toEqual([
    { kind: 'profile', count: 1 },
    { kind: 'contact', count: 1 },
    { kind: 'decision', count: 1 },
    { kind: 'assignment', count: 1 }
  ])
  expect(await isGenuine(certificate)).toBe(true)
  expect(await world.parts.store.marks.due(dayAt(world.clock.now() + 9 * day))).toEqual([])
})

test('§7 nobody has to ask for the reading: it follows the deletion by itself', async () => {
  await deleteCustomership(world.parts, await planned())
  await expect.poll(async () => (await certificateOf()).scan, { timeout: 20_000 }).not.toBeNull()
})

test.runIf(isOnFiles)(
  '§7 what is left anywhere is found and told, and looked for again until it is gone',
  async () => {
    const plan = await planned()
    const marks = await marksOf(family.id)
    expect(marks.length).toBeGreaterThan(3)
    const { register, search } = world.parts.store.files
    // In the register itself, in its log, in the search file, and beside both copies of the keys.
    const inRegister = { name: 'left', value: at(marks, 0) as unknown as string }
    await register.sql.insertInto('facts').values(inRegister).execute()
    await register.forgetErased([])
    const hex = at(marks, 1).toString('hex')
    await search.sql
      .insertInto('tokens')
      .values({ token: at(marks, 2), customership: family.id })
      .execute()
    await search.forgetErased([])
    writeFileSync(join(world.folder, 'keys', 'left.json'), JSON.stringify({ hex }))
    const copied = Buffer.concat([randomBytes(2), at(marks, 3)]).toString('base64')
    writeFileSync(join(world.folder, 'keys-copy', '.left'), copied)

    await deleteCustomership(world.parts, plan)
    await register.sql
      .insertInto('facts')
      .values({ name: 'log', value: at(marks, 0) as unknown as string })
      .execute()
    await world.app.jobs.runDue()
    // The token went with the search rows, so it is the other three that are told.
    expect((await certificateOf()).scan).toMatchObject({ found: 3, marks: marks.length })
    expect(await isGenuine(await certificateOf())).toBe(true)
    expect(world.logLines.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ event: 'scan-found', certificate: plan.number, found: 3 })
    )

    await register.sql.deleteFrom('facts').where('name', 'in', ['left', 'log']).execute()
    await register.forgetErased([])
    for (const file of ['keys/left.json', 'keys-copy/.left'])
      writeFileSync(join(world.folder, file), '')
    await world.app.jobs.runDue()
    expect((await certificateOf()).scan).toMatchObject({ found: 3 })
    world.clock.advance(day)
    await world.app.jobs.runDue()
    expect((await certificateOf()).scan).toMatchObject({ found: 0 })
  }
)

test.runIf(isOnFiles)(
  '§7 a mark that lies in the log alone, in the search file or in a folder below is found',
  async () => {
    const places: ((mark: Buffer) => Promise<unknown> | undefined)[] = [
      (mark) =>
        world.parts.store.files.register.sql
          .insertInto('facts')
          .values({ name: 'log', value: mark as unknown as string })
          .execute(),
      (mark) =>
        world.parts.store.files.search.sql
          .insertInto('tokens')
          .values({ token: mark, customership: newCustomershipElsewhere })
          .execute(),
      (mark) => {
        mkdirSync(join(world.folder, 'data', 'below', 'that'), { recursive: true })
        writeFileSync(join(world.folder, 'data', 'below', 'that', 'file'), mark)
        return undefined
      }
    ]
    for (const [index, plant] of places.entries()) {
      const one = await Family.open(world, office, `Perhe-${index}`)
      const plan = await planned(one.id)
      await plant(at(await marksOf(one.id), 0))
      await deleteCustomership(world.parts, plan)
      await world.app.jobs.runDue()
      expect((await certificateOf(one.id)).scan, `place ${index}`).toMatchObject({ found: 1 })
    }
  }
)

const newCustomershipElsewhere = '7d0f8a52-4c35-4a5e-9d5b-0f6c1d2e3f41' as CustomershipId

test.runIf(isOnFiles)(
  '§7 an open reader makes the deletion wait and not lie: no certificate before the log is empty',
  async () => {
    const reader = new Sqlite(join(world.folder, 'data', 'register.db'), { readonly: true })
    try {
      const plan = await planned()
      reader.prepare('begin').run()
      reader.prepare('select count(*) from entries').get()
      const deleting = deleteCustomership(world.parts, plan)
      const refused = expect(deleting).rejects.toThrow('a reader keeps the log')
      const asked = performance.now()
      expect((await office.ask('GET', '/api/office/endings')).status).toBe(200)
      // Whoever asks meanwhile does not wait for the reader.
      expect(performance.now() - asked).toBeLessThan(4000)
      await refused
      expect(world.parts.keyStore.holdsDataKey(family.id)).toBe(false)
      expect(await world.parts.store.certificates.find(family.id)).toBeNull()
      reader.prepare('commit').run()
    } finally {
      reader.close()
    }
    await world.app.jobs.runDue()
    expect(await certificateOf()).toMatchObject({ scan: { found: 0 } })
  },
  60_000
)

test('§7 a certificate is signed anew as each tablet confirms, with the time at which it did', async () => {
  const tablets = [
    await WireTablet.enrol(world, worker),
    await WireTablet.enrol(world, worker),
    await WireTablet.enrol(world, worker)
  ]
  for (const tablet of tablets) {
    await tablet.pull()
    await tablet.pull()
  }
  await family.end(dayAt(world.clock.now() - day))
  await deleteCustomership(world.parts, await planned())
  const states = async () => (await certificateOf()).devices.map(({ state }) => state)
  expect(await states()).toEqual(['pending', 'pending', 'pending'])
  const told: (string | null)[] = []
  for (const tablet of tablets) {
    world.clock.advance(60_000)
    await tablet.pull()
    await tablet.pull()
    told.push(toMoment(world.clock.now()))
    const certificate = await certificateOf()
    expect(certificate.renewedAt).toBe(told.at(-1))
    expect(await isGenuine(certificate)).toBe(true)
  }
  expect(await states()).toEqual(['purged', 'purged', 'purged'])
  const certificate = await certificateOf()
  expect(certificate.devices.map(({ at }) => at).sort()).toEqual(told)
  expect(await world.parts.store.holdings.of(family.id)).toEqual([])
})

test('§7 a certificate tells what is known of the hand-over and of the last backup, and of nobody', async () => {
  const { store } = world.parts
  const backedUpAt = world.clock.now() - day
  await store.files.register.sql
    .insertInto('facts')
    .values({ name: 'backup-at', value: String(backedUpAt) })
    .execute()
  const plan = await store.register.transact((tx) =>
    commitDeletion(world.parts, tx, family.id, 'deadline', null, 'unconfirmed')
  )
  if (!plan) throw new Error('there is nothing to delete')
  await deleteCustomership(world.parts, plan)
  const certificate = await certificateOf()
  expect(certificate).toMatchObject({
    cause: 'deadline',
    role: null,
    handOver: 'unconfirmed',
    plannedAt: toMoment(plan.plannedAt),
    backup: { lastAt: toMoment(backedUpAt) },
    versions: { app: world.parts.version, protocol: 1 }
  })
  const text = JSON.stringify(certificate)
  for (const { id, username, displayName } of [mainUser, worker])
    for (const named of [id, username, displayName]) expect(text).not.toContain(named)
  for (const named of ['Haapalainen', 'Koivutie']) expect(text).not.toContain(named)
})

test('§7 a certificate of the first version that waited for a tablet is signed anew as what it is', async () => {
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  await tablet.pull()
  await family.end(dayAt(world.clock.now() - day))
  const plan = await planned()
  await deleteCustomership(world.parts, plan)
  const waiting: Omit<FormerCertificate, 'key' | 'sig'> = {
    number: plan.number,
    customership: family.id,
    deletedAt: toMoment(world.clock.now()),
    cause: 'asked',
    by: mainUser.id,
    entries: 3,
    devices: [{ device: tablet.device, state: 'pending' }],
    checks: []
  }
  await world.parts.store.certificates.replace(signCertificate(world.parts.keyStore, waiting))
  await tablet.pull()
  await tablet.pull()
  const certificate = await world.parts.store.certificates.find(family.id)
  expect(certificate).toMatchObject({
    ...waiting,
    devices: [{ device: tablet.device, state: 'purged' }]
  })
  expect(certificate && (await isGenuine(certificate))).toBe(true)
})

test('§7 the office reads a certificate by its number, and what nobody has is not found', async () => {
  const plan = await planned()
  await deleteCustomership(world.parts, plan)
  await world.app.jobs.runDue()
  const answer = await office.ask('GET', `/api/office/certificates/${plan.number}`)
  expect(certificateAnswerSchema.parse(answer.body).certificate).toEqual(await certificateOf())
  for (const number of ['KK-2026-999999', '%00', 'x'.repeat(300)])
    expect(codeOf(await office.ask('GET', `/api/office/certificates/${number}`))).toBe('not-found')
  const keys = await world.client().ask('GET', '/api/certificates/key')
  expect(bodyOf<{ keys: string[] }>(keys).keys).toEqual([world.parts.keyStore.publicKey()])
})

test('§7 the certificate is a paper that can be read aloud, in Finnish or in Swedish, and names nobody', async () => {
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const plan = await planned()
  await deleteCustomership(world.parts, plan)
  await world.app.jobs.runDue()
  const certificate = await certificateOf()
  const paper = async (query = '') => {
    const path = `/api/office/certificates/${plan.number}/pdf${query}`
    const cookie = `session=${office.cookies.get('session')}`
    const answer = await world.answer(path, {
      headers: { [protocolHeader]: '1', Cookie: cookie }
    })
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'application/pdf'])
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(faultsOfPdf(bytes)).toEqual([])
    return readPdf(bytes)
  }
  const finnish = await paper()
  expect(finnish).toMatchObject({ language: 'fi', title: 'Poistotodistus' })
  for (const { text, roles } of finnish.pages) {
    expect(text).toContain('Kotiapu Oy')
    expect(text).toContain(plan.number)
    expect(text).toContain(`/${finnish.pages.length}`)
    expect(roles.length).toBeGreaterThan(0)
  }
  for (const said of ['Poissa 0/1 laitteelta', 'Löytyi: 0', 'Palvelupäätökset'])
    expect(finnish.text).toContain(said)
  // What is signed stands on it whole, so that the paper alone can be checked by hand. A key with many wide
  // letters takes two lines.
  const closed = (text: string) => text.replaceAll(/\s/g, '')
  for (const line of [certificate.key, ...certificateText(certificate).split('\n')])
    expect(closed(finnish.text)).toContain(closed(line))
  const swedish = await paper('?lang=sv')
  expect(swedish).toMatchObject({ language: 'sv', title: 'Raderingsintyg' })
  expect(swedish.text).toContain('Borta från 0/1 enheter')
  expect((await paper('?lang=en')).text).toContain('Gone from 0 of 1 devices')
  for (const { text } of [finnish, swedish])
    for (const { id, username, displayName } of [mainUser, worker])
      for (const named of [id, username, displayName, 'Haapalainen'])
        expect(text).not.toContain(named)
  const wrong = await office.ask('GET', `/api/office/certificates/${plan.number}/pdf?lang=ru`)
  expect([wrong.status, codeOf(wrong)]).toEqual([422, 'invalid'])
})

/** Every file below the folders of the running server, by its folder's kind and its name. */
function filesNow(): { folder: 'data' | 'keys'; name: string }[] {
  return (['data', 'keys', 'keys-copy'] as const).flatMap((folder) => {
    const root = join(world.folder, folder)
    return readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({
        folder: folder === 'data' ? ('data' as const) : ('keys' as const),
        name: relative(root, join(entry.parentPath, entry.name))
      }))
  })
}

test('§7 every kind of file that a running server keeps is in the deletion map', async () => {
  const tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  const visit = await family.plan(worker.id)
  await tablet.do({ op: 'visit.record', customership: family.id, body: family.visit(visit) })
  const note = family.note(newEntryId(world), visit, { done: 'Aino kertoi' })
  await tablet.do({ op: 'note.draft', customership: family.id, body: note })
  await deleteCustomership(world.parts, await planned())
  await world.app.jobs.runDue()
  const kindOf = (file: ReturnType<typeof filesNow>[number]) =>
    fileKinds.find(({ folder, name }) => folder === file.folder && name.test(file.name))
  const files = filesNow()
  expect(files.length).toBeGreaterThan(8)
  expect(files.filter((file) => !kindOf(file))).toEqual([])
})
