import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { storedKinds, type StoredKind } from '#contract/entry-kind.ts'
import { operationIdSchema, type EntryId } from '#contract/id.ts'
import type { StoredData } from '#contract/office-entry.ts'
import type { Passage, PassageGround, PassagesAnswer } from '#contract/passage.ts'
import type { AnswerStanding } from '#contract/answer-file.ts'
import type { User } from '#server/store/users.ts'
import { Canaries } from '#tests/support/canaries.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { speckledPng } from '#tests/support/papers.ts'
import { faultsOfPdf } from '#tests/support/pdf-faults.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { unzip } from '#tests/support/unzip.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let mainUser: User
let office: Client
let family: Family
let request: string

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa Koordinaattori' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
  request = await register()
})
afterEach(() => world.close())

/** Somebody asks, and is known. */
async function register(more: object = {}): Promise<string> {
  const id = randomUUID()
  const asked = {
    ...{ id, customership: family.id, kind: 'access', who: 'client', identified: 'strong' },
    receivedOn: dayAt(world.clock.now()),
    words: { asked: 'Haluan nähdä kaiken' },
    ...more
  }
  const answer = await office.ask('POST', '/api/office/requests', asked)
  expect(answer.status, answer.text).toBe(201)
  return id
}

const address = (more: string) =>
  `/api/office/customerships/${family.id}/requests/${request}/${more}`

async function passages(): Promise<PassagesAnswer> {
  const answer = await office.ask('GET', address('passages?lang=fi'))
  expect(answer.status, answer.text).toBe(200)
  return bodyOf<PassagesAnswer>(answer)
}

async function decide(ground: PassageGround | null, some: readonly Passage[]): Promise<void> {
  const choices = some.map(({ id }) => ({ passage: id, ground }))
  const answer = await office.ask('PUT', address('passages'), { choices })
  expect(answer.status, answer.text).toBe(204)
}

async function releaseAll(): Promise<void> {
  const { passages: all } = await passages()
  await decide('own', all)
}

const wish = { kind: 'access', for: 'client', language: 'fi' } as const

async function make(more: object = {}): Promise<NonNullable<AnswerStanding['answer']>> {
  const answer = await office.ask('POST', address('answer'), { ...wish, ...more })
  expect(answer.status, answer.text).toBe(201)
  return bodyOf<AnswerStanding>(answer).answer!
}

async function fetched() {
  const paper = await office.fetch(address('answer/paper?channel=by-hand'))
  const archive = await office.fetch(address('answer/archive?channel=by-hand'))
  expect([paper.status, archive.status]).toEqual([200, 200])
  const told = await office.ask('POST', address('answer/passphrase'), {})
  const { passphrase } = bodyOf<{ passphrase: string }>(told)
  return {
    bytes: paper.bytes,
    pdf: await readPdf(paper.bytes),
    files: await unzip(archive.bytes, passphrase),
    archive: archive.bytes
  }
}

function put<K extends StoredKind>(kind: K, data: StoredData<K>, id = newEntryId(world)) {
  return world.parts.store.register.transact(async (tx) => {
    await tx.change(family.id, (change) => change.put(kind, id, data, mainUser.id), {
      alsoClosed: true
    })
    return id
  })
}

async function addDocument(): Promise<EntryId> {
  const id = newEntryId(world)
  const page = speckledPng(1, 80, 110).buffer
  await world.parts.store.register.transact(async (tx) => {
    const kept = await tx.pages(family.id)
    const name = { document: id, page: 1, mediaType: 'image/png' as const, by: mainUser.id }
    await kept!.put(name, page)
  })
  const at = toMoment(world.clock.now())
  return put(
    'document',
    {
      type: 'transport-permit',
      title: 'Kuljetuslupa kouluun',
      identityCode: 'none',
      pages: [{ page: 1, mediaType: 'image/png', sha256: 'A'.repeat(43) }],
      addedBy: mainUser.id,
      addedAt: at,
      original: [{ state: 'at-office', by: mainUser.id, at }]
    },
    id
  )
}

const note = (fields: Record<string, string>): StoredData<'note'> => ({
  visit: newEntryId(world),
  template: 'home-service',
  templateVersion: 1,
  fields,
  state: 'signed',
  author: mainUser.id,
  writtenAt: toMoment(world.clock.now()),
  signedAt: toMoment(world.clock.now())
})

/** What of a kind a paper does not spell out: ids, digests, and moments that it tells as a clock does. */
const onlyForMachines =
  /\.(by|at|writtenAt|signedAt|suggestedAt|decidedAt|addedAt|decidedBy|recordedBy|signedBy|author|addedBy|worker|decision|series|forkOf|shares|visit|substituteFor|sha256|startedAt|endedAt|plannedStart|plannedEnd|organiser|product|template|profile|fingerprint|start|end|replaces|summary|hash|text)$/

test('§13 every field of every kind that is held stands in the report, and no word of another family', async () => {
  const other = await Family.open(world, office, 'Vierasperhe')
  const canaries = new Canaries({
    'document.pages': [],
    'document.removed': undefined,
    'note.template': 'home-service',
    'note.forkOf': undefined,
    'note.amends': undefined,
    'note.mergedInto': undefined,
    'visit.forkOf': undefined,
    'contact.home.isProtected': false,
    'profile.addressProtected.value': 'no'
  })
  const strange = new Canaries({}, (n) => `Vierasääni ${n} kaikuu`)
  for (const kind of storedKinds) {
    if (kind === 'document') continue
    const data = canaries.of(kind)
    await put(kind, data, kind === 'profile' ? family.profile : undefined)
    const theirs = strange.of(kind)
    const at = kind === 'profile' ? other.profile : newEntryId(world)
    await world.parts.store.register.transact((tx) =>
      tx.change(other.id, (change) => change.put(kind, at, theirs, mainUser.id))
    )
  }
  await addDocument()
  await releaseAll()
  const made = await make()
  expect(made).toMatchObject({ kind: 'access', byName: 'Sirpa Koordinaattori', isCurrent: true })
  expect(made.number).toMatch(/^RT-[0-9A-F]{4}-[0-9A-F]{4}$/)
  const { bytes, pdf, files } = await fetched()

  expect(faultsOfPdf(bytes)).toEqual([])
  expect(pdf.language).toBe('fi')
  expect(pdf.title).not.toContain('Kanaria')
  expect(canaries.places.size).toBeGreaterThan(60)
  const read = pdf.text.replaceAll(/\s/g, '')
  const unread = [...canaries.places].filter(
    ([canary, place]) => !onlyForMachines.test(place) && !read.includes(canary.replaceAll(' ', ''))
  )
  expect(unread).toEqual([])
  const theirs = [...strange.places.keys()].filter((canary) => !canaries.places.has(canary))
  expect(theirs.length).toBeGreaterThan(40)
  expect(theirs.filter((canary) => pdf.text.includes(canary))).toEqual([])
  expect(pdf.text).not.toContain('Vierasperhe')
  expect(pdf.text).not.toContain('Vierasääni')
  for (const part of ['Miten tietoja käsitellään', 'Oikeutesi', '77 artikla', 'Luovutukset'])
    expect(pdf.text).toContain(part)
  expect(pdf.text).toContain('Haluan nähdä kaiken')
  expect(pdf.text).toContain('Kuka on katsonut tietoja, milloin ja miksi')
  expect(pdf.text).toContain('Sirpa Koordinaattori')
  expect(pdf.text).toContain('Rekisteröidyn oikeudet')
  expect([...files.keys()].toSorted()).toEqual([
    'README.txt',
    'document-01.pdf',
    'report.pdf',
    'usage-log.csv'
  ])
  expect(files.get('report.pdf')?.bytes.equals(bytes)).toBe(true)
})

test('§13 every free text of every kind is shown for a decision', async () => {
  const canaries = new Canaries({
    'document.removed': undefined,
    'contact.home.isProtected': false
  })
  for (const kind of storedKinds)
    await put(kind, canaries.of(kind), kind === 'profile' ? family.profile : undefined)
  const shown = (await passages()).passages.map(({ text }) => text).join('\n')
  // What sings in words, and is not a name, a number or a place of the client's own.
  const own =
    /^(profile\.(firstName|lastName|street|town)|decision\.number|summary\.locked|service-event\.(told|externalNumber|exports)|summary\.replaces\.number)/
  const silent = [...canaries.places].filter(
    ([canary, place]) => canary.startsWith('Kanaria') && !own.test(place) && !shown.includes(canary)
  )
  expect(silent).toEqual([])
})

test('§13 nothing is made before each passage about somebody else is decided, and half a review is kept', async () => {
  await put(
    'note',
    note({
      done: 'Tehtiin ruokaa. Veikon auto oli rikki. Lapset söivät hyvin.',
      'child-view': 'Pelottaa.'
    })
  )
  const before = await passages()
  const signs = (text: string) => before.passages.find((one) => one.text.startsWith(text))?.signs
  expect(signs('Tehtiin ruokaa')).toEqual([])
  expect(signs('Pelottaa')).toEqual(['child'])
  expect(signs('Veikon auto')).toContain('named')
  expect(signs('Veikko')).toEqual(['contact'])
  expect(before.undecided).toBeGreaterThan(1)
  expect(codeOf(await office.ask('POST', address('answer'), wish))).toBe('something-open')

  const [first, ...rest] = before.passages.filter((one) => one.signs.length > 0)
  await decide('harms', [first!])
  const half = await passages()
  expect(half.undecided).toBe(before.undecided - 1)
  expect(half.passages.find(({ id }) => id === first!.id)?.choice).toMatchObject({
    ground: 'harms',
    by: mainUser.id
  })
  await decide('own', rest)
  expect((await passages()).undecided).toBe(0)
  await decide(null, [rest[0]!])
  expect((await passages()).undecided).toBe(1)
  await decide('known', [rest[0]!])
  await make()
})

test('§13 what is blackened says so and nothing else of it leaves, whichever way', async () => {
  const contact = newEntryId(world)
  const hidden: StoredData<'contact'> = {
    name: 'Pirkko Piiloniemi',
    relation: 'family',
    phone: '+358401112223',
    home: { street: 'Sisarentie 4', isProtected: false },
    noContact: true
  }
  await put('contact', hidden, contact)
  const document = await addDocument()
  await put(
    'note',
    note({ done: 'Tehtiin ruokaa. Piiloniemen Pirkko kävi humalassa. Lapset söivät.' })
  )
  const { passages: all } = await passages()
  const away = all.filter(
    ({ text, signs }) => /Pirkko/.test(text) || signs.includes('pages') || /Kuljetuslupa/.test(text)
  )
  expect(away.length).toBeGreaterThanOrEqual(3)
  await decide('own', all)
  await decide('harms', away)
  await make()
  const { pdf, files, archive } = await fetched()
  for (const word of ['Pirkko', 'Piiloniem', '401112223', 'Sisarentie', 'humalassa'])
    expect([word, pdf.text.includes(word)]).toEqual([word, false])
  expect(pdf.text).toContain('[poistettu: koskee toista henkilöä]')
  expect(pdf.text).toContain('Tehtiin ruokaa. [poistettu: koskee toista henkilöä] Lapset söivät.')
  expect([...files.keys()].filter((name) => name.startsWith('document'))).toEqual([])
  expect(pdf.text).toContain('Tiedosto arkistossa [poistettu: koskee toista henkilöä]')
  expect(archive.includes(document)).toBe(false)
})

test('§13 what awaits a decision is held too, so it is told, once somebody has looked at it', async () => {
  const { device } = await (await world.signedIn(mainUser)).enrol()
  const body = { note: newEntryId(world), fields: { done: 'Myöhässä kirjoitettu: Veikko huusi.' } }
  await world.parts.store.register.transact((tx) =>
    tx.operations.hold({
      ...{ id: operationIdSchema.parse(randomUUID()), device, seq: 1, customership: family.id },
      ...{ author: mainUser.id, code: 'late', receivedAt: world.clock.now(), sig: 'A' },
      payload: Buffer.from(JSON.stringify({ op: 'note.sign', body })).toString('base64url')
    })
  )
  const found = (await passages()).passages.find(({ text }) => text.includes('Myöhässä'))
  expect(found?.signs).toContain('named')
  await releaseAll()
  await make()
  expect((await fetched()).pdf.text).toContain('Myöhässä kirjoitettu: Veikko huusi.')
})

test('§13 nothing is made for somebody who is not known, nor for a request of another kind', async () => {
  await releaseAll()
  expect(
    codeOf(await office.ask('POST', address('answer'), { ...wish, kind: 'portability' }))
  ).toBe('invalid')
  request = await register({ identified: 'not-yet' })
  await releaseAll()
  expect(codeOf(await office.ask('POST', address('answer'), wish))).toBe('invalid')
  request = randomUUID()
  expect(codeOf(await office.ask('GET', address('answer')))).toBe('not-found')
})

test('§13 what another guardian asked before is shown for a decision, whatever its words', async () => {
  const words = { name: 'Vieras Ihminen', standing: 'päätös', asked: 'kaikki' }
  await register({ who: 'guardian', words })
  const signs = (text: string) => passagesFound.find((one) => one.text === text)?.signs
  const { passages: passagesFound } = await passages()
  expect([signs('Vieras Ihminen'), signs('päätös'), signs('kaikki')]).toEqual([
    ['person'],
    ['person'],
    ['person']
  ])
})

test('§13 where a client lived before the address was protected is told on the marked page alone', async () => {
  const id = await register({ kind: 'rectification' })
  const entry = await world.parts.store.register.read(family.id, (reader) =>
    reader.entry('profile', family.profile)
  )
  const rectified = await office.ask('POST', `/api/office/requests/${id}/acts`, {
    ...{ act: 'rectify-profile', based: entry?.revision, field: 'street' },
    ...{ value: 'Turvaraitti 3', reason: 'Väärä katu' }
  })
  expect(rectified.status, rectified.text).toBe(200)
  await protect()
  await releaseAll()
  await make()
  const { pdf } = await fetched()
  expect(pdf.pages.at(-1)?.text).toContain('Koivutie 7')
  expect(pdf.pages.slice(0, -1).some(({ text }) => text.includes('Koivutie'))).toBe(false)
  await make({ for: 'guardian' })
  expect((await fetched()).pdf.text).not.toContain('Koivutie')
})

async function protect(): Promise<void> {
  const entry = await world.parts.store.register.read(family.id, (reader) =>
    reader.entry('profile', family.profile)
  )
  const at = toMoment(world.clock.now())
  const said = <T>(value: T) => ({ value, source: 'client' as const, by: mainUser.id, at })
  await put(
    'profile',
    {
      ...entry!.data,
      street: said('Turvakatu 17'),
      town: said('Salala'),
      addressProtected: said('yes' as const)
    },
    family.profile
  )
  await put('contact', {
    name: 'Eila Kuusinen',
    relation: 'guardian',
    home: { street: 'Piilokuja 31', isProtected: true },
    noContact: false
  })
  await put('note', note({ done: 'Haettiin lapsi Piilokujalta. Käytiin Turvakadulla.' }))
  await put('suggestion', {
    ...{ field: 'street', value: 'Uusikatu 99', source: 'client', author: mainUser.id },
    ...{ suggestedAt: at, state: 'open' }
  })
}

const secrets = ['Turvaka', 'Salala', 'Piiloku', 'Uusikatu']

test('§13 a protected address stands in the person’s own report on one marked page alone', async () => {
  await protect()
  await releaseAll()
  await make()
  const { pdf, bytes } = await fetched()
  expect(faultsOfPdf(bytes)).toEqual([])
  const marked = pdf.pages.filter(({ text }) => text.includes('TURVAKIELTO'))
  expect(marked).toHaveLength(1)
  expect(marked[0]).toBe(pdf.pages.at(-1))
  for (const word of secrets)
    expect([word, pdf.pages.map(({ text }) => text.includes(word)).lastIndexOf(true)]).toEqual([
      word,
      pdf.pages.length - 1
    ])
  expect(
    pdf.pages.slice(0, -1).filter(({ text }) => secrets.some((one) => text.includes(one)))
  ).toEqual([])
})

test('§13 a protected address is in no report for another guardian', async () => {
  await protect()
  await releaseAll()
  await make({ for: 'guardian' })
  const { pdf } = await fetched()
  expect(secrets.filter((word) => pdf.text.includes(word))).toEqual([])
  expect(pdf.text).not.toContain('TURVAKIELTO')
  expect(pdf.text).not.toContain('ks. merkitty sivu')
  const lines = await world.parts.store.disclosures.list({ customership: family.id }, 10)
  expect(lines.map(({ recipient }) => recipient)).toEqual(['guardian'])
})

test('§13 §10 it is an act for the client’s rights, and handing it over is one line of the log of what left', async () => {
  await releaseAll()
  const made = await make({ language: 'sv' })
  expect(made.isHandedOver).toBe(false)
  expect(await world.parts.store.disclosures.list({ customership: family.id }, 10)).toEqual([])
  const { pdf } = await fetched()
  expect(pdf.text).toContain('Vilka uppgifter som finns om dig')
  await office.fetch(address('answer/paper?channel=by-hand'))
  world.clock.advance(1000)
  await office.fetch(address('answer/paper?channel=post'))
  const lines = await world.parts.store.disclosures.list({ customership: family.id }, 10)
  expect(
    lines.map(({ kind, reference, recipient, channel, ground }) => [
      kind,
      reference,
      recipient,
      channel,
      ground
    ])
  ).toEqual([
    ['rights-answer', made.number, 'client', 'post', 'right-of-access'],
    ['rights-answer', made.number, 'client', 'by-hand', 'right-of-access']
  ])
  expect(
    bodyOf<AnswerStanding>(await office.ask('GET', address('answer'))).answer?.isHandedOver
  ).toBe(true)
  const uses = await world.parts.store.usage.of(family.id)
  const rights = uses.filter(({ purpose }) => purpose === 'client-rights').map(({ kind }) => kind)
  // What is written between is one sitting.
  expect(rights).toEqual(['write', 'open', 'print', 'send', 'send', 'show', 'send', 'send'])
})

test('§13 uses are told of two years, and of more only for a reason', async () => {
  const now = world.clock.now()
  const day = 86_400_000
  const use = {
    customership: family.id,
    user: mainUser.id,
    device: null,
    purpose: 'planning'
  } as const
  await world.parts.store.usage.append([
    { ...use, kind: 'show', at: now - 900 * day },
    { ...use, kind: 'show', at: now - 700 * day }
  ])
  await releaseAll()
  await make()
  const rows = (text: string) => text.split('\r\n').filter((line) => line.includes('Katsoi')).length
  expect(rows((await fetched()).files.get('usage-log.csv')!.bytes.toString('utf8'))).toBe(1)
  const logFrom = addDays(dayAt(now), -1000)
  expect(codeOf(await office.ask('POST', address('answer'), { ...wish, logFrom }))).toBe(
    'needs-reason'
  )
  await make({ logFrom, logReason: 'Epäilty urkinta' })
  const { pdf, files } = await fetched()
  expect(rows(files.get('usage-log.csv')!.bytes.toString('utf8'))).toBeGreaterThanOrEqual(2)
  expect(pdf.text).toContain('Epäilty urkinta')
})

test('§13 a log of 20,000 uses is told by user and day, and whole beside it, in bounded memory', async () => {
  const now = world.clock.now()
  const users = await Promise.all(
    ['Anna Ahkera', 'Bertta Bergman', 'Cecilia Curry'].map((displayName) =>
      world.user({ role: 'worker', displayName })
    )
  )
  const kinds = ['open', 'write', 'list', 'show'] as const
  for (let slice = 0; slice < 20; slice += 1)
    await world.parts.store.usage.append(
      Array.from({ length: 1000 }, (_, index) => {
        const n = slice * 1000 + index
        return {
          customership: family.id,
          user: users[n % 3]!.id,
          device: null,
          kind: kinds[Math.floor(n / 600) % 4]!,
          purpose: 'carrying-out' as const,
          at: now - 60_000 - (n % 200) * 86_400_000 - n
        }
      })
    )
  await releaseAll()
  // Whatever the log's length, so many of its lines are in memory at once and no more.
  const { usage } = world.parts.store
  const pages: number[] = []
  const search = usage.search.bind(usage)
  usage.search = async (...asked) => {
    const page = await search(...asked)
    pages.push(page.length)
    return page
  }
  await make()
  expect(Math.max(...pages)).toBe(2000)
  expect(pages.length).toBeGreaterThanOrEqual(2 * 11)
  const { pdf, files, bytes } = await fetched()
  const lines = files.get('usage-log.csv')!.bytes.toString('utf8').trimEnd().split('\r\n')
  expect(lines.length).toBeGreaterThan(20_000)
  expect(lines.filter((line) => line.includes('Bertta Bergman'))).toHaveLength(6_667)
  expect(pdf.pages.length).toBeLessThan(60)
  expect(bytes.length).toBeLessThan(3_000_000)
  expect(/Näki luettelossa \d+, Avasi \d+, Katsoi \d+, Kirjasi tai muutti \d+/.test(pdf.text)).toBe(
    true
  )
}, 120_000)

test('§7 §13 what was decided and what was made lie sealed, and go with the customership', async () => {
  await releaseAll()
  await make()
  const { register } = world.parts.store.files
  const tables = ['passageReviews', 'answers', 'answerPieces'] as const
  const count = async (table: (typeof tables)[number]) =>
    (await register.sql.selectFrom(table).select('customership').execute()).length
  for (const table of tables) expect([table, (await count(table)) > 0]).toEqual([table, true])
  await family.end(addDays(dayAt(world.clock.now()), -1))
  await family.settle()
  const deleted = await family.post('deletion', {})
  expect(deleted.status, deleted.text).toBe(200)
  for (const table of tables) expect([table, await count(table)]).toEqual([table, 0])
})
