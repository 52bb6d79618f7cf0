import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dayAt } from '#contract/day.ts'
import { documentLimits, type DocumentType } from '#contract/document.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipAnswer } from '#contract/customership.ts'
import type { EntryId } from '#contract/id.ts'
import type { Situation } from '#contract/office.ts'
import { unattendedHeader } from '#contract/version.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { jpegOf, jpegSegment, pngOf } from '#tests/support/pictures.ts'
import { scanFolder } from '#tests/support/scan.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

let world: World
let mainUser: User
let office: Client
let worker: User
let family: Family
let tablet: WireTablet

const written = 'Laakkeenantolupa Aino Kuusinen'

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker', tasks: ['care', 'documents'] })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64url')
const address = (document: EntryId, more = '') =>
  `/api/office/customerships/${family.id}/documents/${document}${more}`

function bring(document: EntryId, page: number, bytes: Buffer, by = office): Promise<Answer> {
  const type = { 'Content-Type': 'application/octet-stream' }
  return by.send('PUT', address(document, `/pages/${page}`), new Uint8Array(bytes), type)
}

const request = (id: EntryId, pages: readonly Buffer[], type: DocumentType) => ({
  id,
  type,
  title: 'Lupa',
  validUntil: '2026-12-31',
  identityCode: 'covered',
  original: 'at-office',
  pages: pages.map((bytes, index) => ({
    page: index + 1,
    sha256: digest(bytes),
    mediaType: 'image/png'
  }))
})

async function add(
  type: DocumentType = 'medication-permit',
  pages: readonly Buffer[] = [pngOf(written)]
): Promise<EntryId> {
  const id = newEntryId(world)
  for (const [index, bytes] of pages.entries())
    expect((await bring(id, index + 1, bytes)).status).toBe(200)
  const answer = await family.post('documents', request(id, pages, type))
  expect(answer.status).toBe(201)
  return id
}

async function documents(): Promise<Entry<'document'>[]> {
  const path = `/api/office/customerships/${family.id}?purpose=organising`
  const answer = await office.ask('GET', path)
  return entriesOf(bodyOf<CustomershipAnswer>(answer).entries as Entry[], 'document')
}

async function documentOf(id: EntryId): Promise<Entry<'document'>> {
  const found = (await documents()).find((each) => each.id === id)
  if (!found) throw new Error('no such document')
  return found
}

const fetchPage = (client: Client, document: EntryId, page = 1) =>
  client.fetch(`/api/documents/${document}/pages/${page}`)

/** What a tablet writes for a scanned paper: its parts, and the document that names them. */
function scan(pages: readonly Buffer[], document = newEntryId(world), partBytes = 100_000) {
  const customership = family.id
  const parts = pages.flatMap((bytes, index) => {
    const count = Math.ceil(bytes.length / partBytes)
    return Array.from({ length: count }, (_, at) => {
      const piece = bytes.subarray(at * partBytes, (at + 1) * partBytes)
      const name = { document, page: index + 1, part: at + 1, parts: count }
      const body = { ...name, sha256: digest(piece), bytes: piece.toString('base64url') }
      return { op: 'document.part', customership, body }
    })
  })
  const { id: _, ...named } = request(document, pages, 'transport-permit')
  const body = { ...named, document, original: 'with-worker' }
  return { document, parts, add: { op: 'document.add', customership, body } }
}

describe('at the office', () => {
  test('§12 a paper is kept page by page, shown as it was brought, and no page leads a life of its own', async () => {
    const pages = [pngOf('page one'), pngOf('page two')]
    const id = await add('payment-commitment', pages)
    const [document] = await documents()
    expect(document?.data).toMatchObject({
      type: 'payment-commitment',
      addedBy: mainUser.id,
      original: [{ state: 'at-office', by: mainUser.id }]
    })
    const answer = await fetchPage(office, id, 2)
    expect(answer.bytes).toEqual(pages[1])
    expect(answer.headers.get('Content-Type')).toBe('image/png')
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="page-2.png"')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox')

    const unfinished = newEntryId(world)
    await bring(unfinished, 1, pngOf('unfinished'))
    expect((await fetchPage(office, unfinished)).status).toBe(404)
    expect(await documents()).toHaveLength(1)
  })

  test('§5 no page and no title lies readable on the disk, also before its document comes', async () => {
    await add('medication-permit', [pngOf(written), pngOf(`${written} toinen`)])
    await bring(newEntryId(world), 1, pngOf(`${written} kesken`))
    const { parts } = scan([pngOf(`${written} tabletilta`)])
    for (const part of parts) await tablet.do(part)
    expect(await scanFolder(world.folder, [written, 'Kuusinen'])).toEqual([])
    expect(world.logLines.join('\n')).not.toContain(written)
  })

  test('§8 what a picture tells beside its pixels is not kept', async () => {
    const id = newEntryId(world)
    const told = jpegOf(jpegSegment(0xe1, 'Exif\0\0 60.17 N 24.94 E'))
    const stored = await bring(id, 1, told)
    expect(stored.body).toEqual({ page: 1, mediaType: 'image/jpeg', sha256: digest(jpegOf()) })
  })

  test('what is no picture, claims too much or weighs too much is refused, and nothing of it is kept', async () => {
    const id = newEntryId(world)
    const refused = [
      [Buffer.from('%PDF-1.7 a page'), 422, 'invalid'],
      [Buffer.concat([pngOf('words'), Buffer.from('<script>')]), 422, 'invalid'],
      [Buffer.alloc(documentLimits.pageBytes + 1), 413, 'too-large'],
      [Buffer.alloc(25 * 1024 * 1024 + 1), 413, 'too-large']
    ] as const
    for (const [bytes, status, code] of refused) {
      const answer = await bring(id, 1, bytes)
      expect([answer.status, codeOf(answer)]).toEqual([status, code])
    }
    const rows = await world.parts.store.files.register.sql
      .selectFrom('pages')
      .selectAll()
      .execute()
    expect(rows).toEqual([])
    expect((await bring(id, 0, pngOf('words'))).status).toBe(404)
    expect((await bring(id, 61, pngOf('words'))).status).toBe(404)
    const json = await office.ask('PUT', address(id, '/pages/1'), {})
    expect([json.status, codeOf(json)]).toEqual([415, 'not-json'])
  })

  test('an upload that was cut goes on where it stood: a page again, the same document once', async () => {
    const id = newEntryId(world)
    const pages = [pngOf('one'), pngOf('two'), pngOf('three')]
    const asked = request(id, pages, 'transport-permit')
    for (const [index, bytes] of pages.entries()) if (index < 2) await bring(id, index + 1, bytes)
    const early = await family.post('documents', asked)
    expect([early.status, early.body]).toMatchObject([
      422,
      { issues: [{ path: ['pages', 2], code: 'missing' }] }
    ])
    await bring(id, 2, pngOf('another'))
    await bring(id, 3, pngOf('three'))
    const differs = await family.post('documents', asked)
    expect(differs.body).toMatchObject({ issues: [{ path: ['pages', 1], code: 'differs' }] })
    await bring(id, 2, pngOf('two'))
    await bring(id, 4, pngOf('left out'))
    expect((await family.post('documents', asked)).status).toBe(201)
    expect((await family.post('documents', asked)).status).toBe(201)
    expect(await documents()).toHaveLength(1)
    expect((await fetchPage(office, id, 4)).status).toBe(404)
    expect((await bring(id, 1, pngOf('too late'))).status).toBe(409)
  })

  test('what has come in part only is counted, kept, and taken away by whoever thought better of it', async () => {
    const count = async () => {
      const path = `/api/office/customerships/${family.id}/documents/unfinished`
      return (await office.ask('GET', path)).body
    }
    const whole = await add()
    expect(await count()).toEqual({ unfinished: 0 })
    const id = newEntryId(world)
    await bring(id, 1, pngOf('one'))
    for (const part of scan([pngOf('part of a page')]).parts) await tablet.do(part)
    expect(await count()).toEqual({ unfinished: 2 })
    world.clock.advance(90 * 86_400_000)
    await world.app.jobs.runDue()
    office = await world.signedIn(mainUser)
    expect(await count()).toEqual({ unfinished: 2 })
    expect((await office.ask('DELETE', address(whole, '/pages'))).status).toBe(409)
    expect((await office.ask('DELETE', address(id, '/pages'))).status).toBe(204)
    expect(await count()).toEqual({ unfinished: 1 })
  })

  test('§12 the life of the paper is written down, oldest first, also after the customership closed', async () => {
    const id = await add()
    const { revision } = await documentOf(id)
    const stale = await office.ask('POST', address(id, '/original'), {
      based: 1,
      state: 'returned'
    })
    expect([stale.status, codeOf(stale)]).toEqual([409, 'conflict'])
    await family.end(dayAt(world.clock.now() - 2 * 86_400_000))
    await world.app.jobs.runDue()
    const moved = { based: revision, state: 'destroyed', note: 'Silppuri' }
    expect((await office.ask('POST', address(id, '/original'), moved)).status).toBe(200)
    const after = await documentOf(id)
    expect(after.data.original).toMatchObject([
      { state: 'at-office' },
      { state: 'destroyed', by: mainUser.id, note: 'Silppuri' }
    ])
    const again = { based: after.revision, state: 'returned' }
    expect((await office.ask('POST', address(id, '/original'), again)).status).toBe(409)
  })

  test('§12 a paper that nobody settles in a week, and a permit that runs out in a month, are on Tilanne', async () => {
    const id = await add()
    const told = async (days: number) => {
      world.clock.advance(days * 86_400_000)
      office = await world.signedIn(mainUser)
      const { papers, permits } = bodyOf<Situation>(
        await office.ask('GET', '/api/office/situation')
      )
      return [papers.map(({ document }) => document), permits.map(({ document }) => document)]
    }
    expect(await told(6)).toEqual([[], []])
    expect(await told(1)).toEqual([[id], []])
    expect(await told(2)).toEqual([[id], [id]])
    const { revision: based } = await documentOf(id)
    await office.ask('POST', address(id, '/original'), { based, state: 'returned' })
    expect(await told(0)).toEqual([[], [id]])
    const next = newEntryId(world)
    await bring(next, 1, pngOf('renewed'))
    const renewed = { ...request(next, [pngOf('renewed')], 'medication-permit'), original: 'none' }
    const asked = { ...renewed, validUntil: '2027-12-31' }
    const path = `/api/office/customerships/${family.id}/documents`
    expect((await office.ask('POST', path, asked)).status).toBe(201)
    expect(await told(0)).toEqual([[], []])
  })

  test('a title and a validity are edited on what was seen, and an identity code has no place in them', async () => {
    const id = await add()
    const { revision: based } = await documentOf(id)
    const upsideDown = { based, validFrom: '2026-12-02', validUntil: '2026-12-01' }
    expect((await office.ask('PUT', address(id), upsideDown)).status).toBe(422)
    const code = await office.ask('PUT', address(id), { based, title: 'Lupa 010594Y9032' })
    expect(codeOf(code)).toBe('identity-code')
    expect((await office.ask('PUT', address(id), { based, validFrom: '2026-11-01' })).status).toBe(
      200
    )
    const { data } = await documentOf(id)
    expect(data.validFrom).toBe('2026-11-01')
    expect(data).not.toHaveProperty('title')
    expect(data).not.toHaveProperty('validUntil')
    expect((await office.ask('PUT', address(id), { based })).status).toBe(409)
  })

  test('what was added by mistake goes at once, everywhere; that it was, and why, stays at the office', async () => {
    const id = await add()
    await tablet.pull()
    expect(tablet.entry(family.id, id)).toBeDefined()
    const { revision: based } = await documentOf(id)
    const reason = 'Toisen asiakkaan lupa'
    expect((await office.ask('POST', address(id, '/removal'), { based, reason })).status).toBe(200)
    expect((await fetchPage(office, id)).status).toBe(404)
    const rows = await world.parts.store.files.register.sql
      .selectFrom('pages')
      .selectAll()
      .execute()
    expect(rows).toEqual([])
    expect((await documentOf(id)).data.removed).toMatchObject({ by: mainUser.id, reason })
    await tablet.pull()
    expect(tablet.entry(family.id, id)).toBeUndefined()
    const other = await WireTablet.enrol(world, worker)
    await other.pull()
    expect(other.entry(family.id, id)).toBeUndefined()
  })
})

describe('who sees a page', () => {
  test('§12 who cares sees permits only, whose task is documents sees all, who reports none', async () => {
    const permit = await add('medication-permit')
    const contract = await add('home-service-contract')
    const seen = async (task: 'care' | 'documents' | 'reporting') => {
      const user = await world.user({ role: 'worker', tasks: [task] })
      await family.assign(user.id, { tasks: [task] })
      const client = await world.signedIn(user)
      const held = await WireTablet.enrol(world, user)
      await held.pull()
      const entries = [permit, contract].map((id) => held.entry(family.id, id) !== undefined)
      const pages = [await fetchPage(client, permit), await fetchPage(client, contract)]
      return [entries, pages.map(({ status }) => status)]
    }
    expect(await seen('care')).toEqual([
      [true, false],
      [200, 404]
    ])
    expect(await seen('documents')).toEqual([
      [true, true],
      [200, 200]
    ])
    expect(await seen('reporting')).toEqual([
      [false, false],
      [404, 404]
    ])
  })

  test('§12 nobody sees a page of a customership that is not theirs, nor after their assignment', async () => {
    const id = await add()
    expect((await fetchPage(await world.worker(), id)).status).toBe(404)
    const overseer = await world.user({ role: 'main-user', tasks: ['oversight'] })
    expect((await fetchPage(await world.signedIn(overseer), id)).status).toBe(404)
    expect((await fetchPage(office, newEntryId(world))).status).toBe(404)
    expect((await fetchPage(office, id, 2)).status).toBe(404)
    expect((await fetchPage(tablet.client, id)).status).toBe(200)
    await family.end(dayAt(world.clock.now() - 2 * 86_400_000))
    expect((await fetchPage(tablet.client, id)).status).toBe(404)
  })

  test('one customership’s document id in another shows nothing of either', async () => {
    const id = await add('home-service-contract')
    const other = await Family.open(world, office, 'Lehtinen')
    const thief = await world.user({ role: 'worker', tasks: ['care', 'documents'] })
    await other.assign(thief.id, { tasks: ['documents'] })
    const path = `/api/office/customerships/${other.id}/documents/${id}/pages/1`
    const own = await office.send('PUT', path, new Uint8Array(pngOf('other')), {
      'Content-Type': 'image/png'
    })
    expect(own.status).toBe(200)
    expect((await fetchPage(await world.signedIn(thief), id)).status).toBe(404)
    expect((await fetchPage(office, id)).bytes).toEqual(pngOf(written))
  })

  test('§12 showing a page stands in the usage log', async () => {
    const id = await add()
    await fetchPage(tablet.client, id)
    const uses = await world.parts.store.usage.of(family.id)
    const shown = uses.filter(({ kind }) => kind === 'show')
    expect(shown).toMatchObject([{ user: worker.id, purpose: 'carrying-out' }])
    const path = `/api/documents/${id}/pages/1`
    const headers = { [unattendedHeader]: '1' }
    expect((await tablet.client.ask('GET', path, undefined, headers)).status).toBe(200)
    const kinds = (await world.parts.store.usage.of(family.id)).map(({ kind }) => kind)
    // First the pull sent the card.
    const told = kinds.filter((kind) => kind === 'show' || kind === 'send')
    expect(told).toEqual(['send', 'show', 'send'])
  })
})

describe('from a tablet', () => {
  const pages = [pngOf('first page of a permit '.repeat(50), 400), pngOf('second', 3)]

  test('§12 a scanned paper comes in parts, in any order, and is a document when the last has come', async () => {
    const { document, parts, add } = scan(pages)
    expect(parts.length).toBe(6)
    expect(await tablet.do(add)).toMatchObject({ outcome: 'awaiting-decision', code: 'waits-for' })
    for (const part of [...parts.slice(1)].reverse()) {
      expect(await tablet.do(part)).toMatchObject({ outcome: 'applied' })
      expect(await documents()).toEqual([])
    }
    // The connection was lost in the middle: another day, the rest.
    world.clock.advance(3 * 3_600_000)
    for (const part of parts.slice(0, 1)) await tablet.do(part)
    office = await world.signedIn(mainUser)
    expect((await documentOf(document)).data).toMatchObject({
      type: 'transport-permit',
      addedBy: worker.id,
      original: [{ state: 'with-worker' }]
    })
    const page = await fetchPage(office, document)
    expect(page.bytes).toEqual(pages[0])
    const left = await world.parts.store.files.register.sql
      .selectFrom('pageParts')
      .selectAll()
      .execute()
    expect(left).toEqual([])
    tablet.client.cookies.set(
      'session',
      (await world.signedIn(worker)).cookies.get('session') ?? ''
    )
    await tablet.pull()
    expect(tablet.entry(family.id, document)?.kind).toBe('document')
    expect([...tablet.outcomes.values()].every(({ outcome }) => outcome === 'applied')).toBe(true)
  })

  test('a part that was changed on the way, or is no picture, makes no document and loses nothing', async () => {
    const { parts, add } = scan([Buffer.from('%PDF-1.7 no picture')])
    const [part] = parts
    if (!part) throw new Error('no part')
    const changed = { ...part, body: { ...part.body, sha256: digest(Buffer.from('other')) } }
    expect(await tablet.do(changed)).toMatchObject({ code: 'invalid' })
    expect(await tablet.do(part)).toMatchObject({ outcome: 'applied' })
    expect(await tablet.do(add)).toMatchObject({ outcome: 'awaiting-decision', code: 'invalid' })
    const other = scan([pngOf('a page')])
    const [page] = other.add.body.pages
    for (const each of other.parts) await tablet.do(each)
    const named = { ...other.add.body, pages: [{ ...page, sha256: digest(Buffer.from('other')) }] }
    expect(await tablet.do({ ...other.add, body: named })).toMatchObject({ code: 'invalid' })
    expect(await documents()).toEqual([])
    expect(await world.parts.store.operations.heldCount(family.id)).toBe(3)
  })

  test('another’s parts are not written over, and a part of another tablet’s makes no page', async () => {
    const { document, parts, add } = scan(pages)
    for (const part of parts) await tablet.do(part)
    const colleague = await world.user({ role: 'worker' })
    await family.assign(colleague.id)
    const second = await WireTablet.enrol(world, colleague)
    for (const part of scan([pngOf('forged'), pngOf('forged')], document).parts)
      expect(await second.do(part)).toMatchObject({ code: 'invalid' })
    expect(await second.do(add)).toMatchObject({ code: 'waits-for' })
    expect(await tablet.do(add)).toMatchObject({ outcome: 'applied' })
    expect((await documentOf(document)).data.addedBy).toBe(worker.id)
  })

  test('what came too late or from outside waits whole for the office', async () => {
    const stranger = await world.user({ role: 'worker' })
    const second = await WireTablet.enrol(world, stranger)
    const { parts, add } = scan([pngOf('from outside')])
    for (const each of [...parts, add])
      expect(await second.do(each)).toMatchObject({ code: 'outside-assignment' })
    const held = await world.parts.store.operations.held({ customership: family.id })
    expect(held.map(({ code }) => code)).toEqual(['outside-assignment', 'outside-assignment'])
    expect(await scanFolder(world.folder, ['from outside'])).toEqual([])
  })
})

test('§7 deletion leaves no page, no part and no word of a document', async () => {
  await add()
  await bring(newEntryId(world), 1, pngOf(`${written} kesken`))
  for (const part of scan([pngOf('part of a page')]).parts) await tablet.do(part)
  const { register } = world.parts.store.files
  const count = async () => [
    (await register.sql.selectFrom('pages').selectAll().execute()).length,
    (await register.sql.selectFrom('pageParts').selectAll().execute()).length
  ]
  expect(await count()).toEqual([2, 1])
  await family.end(dayAt(world.clock.now() - 2 * 86_400_000))
  await world.app.jobs.runDue()
  await tablet.pull()
  await tablet.pull()
  await family.settle()
  const gone = await office.ask('POST', `/api/office/customerships/${family.id}/deletion`)
  expect(gone.status).toBe(200)
  expect(await count()).toEqual([0, 0])
})
