import { createHash, randomUUID } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayAt, toMoment } from '#contract/day.ts'
import type { StoredKind } from '#contract/entry-kind.ts'
import { customershipIdSchema, entryIdSchema, type CustomershipId } from '#contract/id.ts'
import type { ImportRequest } from '#contract/import.ts'
import type { StoredData } from '#contract/office-entry.ts'
import { portabilitySchemaText, type Portability } from '#contract/portability.ts'
import type { AnswerStanding } from '#contract/answer-file.ts'
import type { IdBook } from '#lib/import/id-book.ts'
import { buildRecords } from '#lib/import/build-records.ts'
import { openFile } from '#lib/import/read-file.ts'
import type { Worded } from '#lib/import/target.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { User } from '#server/store/users.ts'
import { speckledPng } from '#tests/support/papers.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { unzip } from '#tests/support/unzip.ts'
import { bodyOf, World, type Client } from '#tests/support/world.ts'

let world: World
let mainUser: User
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
})
afterEach(() => world.close())

function put<K extends StoredKind>(kind: K, data: StoredData<K>, id = newEntryId(world)) {
  return world.parts.store.register.transact(async (tx) => {
    await tx.change(family.id, (change) => change.put(kind, id, data, mainUser.id))
    return id
  })
}

/** What the client told, what others told or thought, and what stands in the way of either. */
async function fill(o: { isProtected?: boolean } = {}): Promise<void> {
  const at = toMoment(world.clock.now())
  const by = mainUser.id
  const client = <T>(value: T) => ({ value, source: 'client' as const, by, at })
  const organiser = <T>(value: T) => ({ value, source: 'organiser' as const, by, at })
  await put(
    'profile',
    {
      firstName: organiser('Aino'),
      lastName: organiser('Kuusinen'),
      birthDate: client(dayAt(Date.parse('2019-04-03T12:00:00Z'))),
      street: client('Mäntykuja 5 B'),
      postalCode: client('20100'),
      town: client('Turku'),
      phone: client('+358401234567'),
      allergies: client('Pähkinä; myös "jälkiä"\nja maapähkinä'),
      health: organiser('Tilaajan tieto terveydestä'),
      language: client('sv'),
      ...(o.isProtected ? { addressProtected: client('yes' as const) } : {})
    },
    family.profile
  )
  const { register } = world.parts.store
  const decision = await register.read(family.id, (reader) =>
    reader.entry('decision', family.decision)
  )
  await put(
    'decision',
    {
      ...decision!.data,
      number: 'PS-1',
      grantedMinutes: 610,
      goals: ['Arjen rytmi; aamut', 'Lepo | uni']
    },
    family.decision
  )
  await put('contact', {
    ...{ name: 'Eila Kuusinen', relation: 'guardian', phone: '+358509876543' },
    home: {
      street: 'Toinenkoti 2',
      postalCode: '20200',
      town: 'Turku',
      access: 'Koodi 1',
      isProtected: false
    },
    ...{ custody: 'joint', note: 'Puhuu kovaa', noContact: false }
  })
  await put('contact', {
    ...{ name: 'Kielletty Henkilö', relation: 'other', noContact: true }
  })
  await put('contact', {
    ...{ name: 'Salattu Sisko', relation: 'family', noContact: false },
    home: { street: 'Salatie 8', isProtected: true }
  })
  const visit = await put('visit', {
    ...{ decision: family.decision, product: 'home-service', worker: by, state: 'completed' },
    ...{ startedAt: at, endedAt: at, reason: 'Syy työntekijältä' }
  })
  await put('note', {
    ...{ visit, template: 'home-service', templateVersion: 1, state: 'signed', author: by },
    ...{ writtenAt: at, signedAt: at },
    fields: {
      'client-view': 'Olen väsynyt.',
      'child-view': 'Pelottaa.',
      assessment: 'Työntekijän arvio',
      done: 'Siivottiin'
    }
  })
  for (const type of ['transport-permit', 'payment-commitment'] as const) {
    const document = newEntryId(world)
    const name = { document, page: 1, mediaType: 'image/png' as const, by }
    await register.transact(async (tx) => {
      const pages = await tx.pages(family.id)
      await pages!.put(name, speckledPng(1, 60, 80).buffer)
    })
    await put(
      'document',
      {
        ...{ type, identityCode: 'none', addedBy: by, addedAt: at },
        pages: [{ page: 1, mediaType: 'image/png', sha256: 'A'.repeat(43) }],
        original: [{ state: 'at-office', by, at }]
      },
      document
    )
  }
}

interface Exported {
  readonly file: Portability
  readonly text: string
  readonly files: Awaited<ReturnType<typeof unzip>>
}

async function exported(of: CustomershipId, asker = 'client'): Promise<Exported> {
  const request = randomUUID()
  const asked = {
    ...{ id: request, customership: of, kind: 'portability', who: asker, identified: 'strong' },
    receivedOn: dayAt(world.clock.now()),
    words: asker === 'client' ? {} : { name: 'Eila Kuusinen', standing: 'Huoltaja' }
  }
  const registered = await office.ask('POST', '/api/office/requests', asked)
  expect(registered.status, registered.text).toBe(201)
  const address = `/api/office/customerships/${of}/requests/${request}/answer`
  const wish = { kind: 'portability', for: asker, language: 'fi' }
  const made = await office.ask('POST', address, wish)
  expect(made.status, made.text).toBe(201)
  const { parts } = bodyOf<AnswerStanding>(made).answer!
  expect(parts.map(({ part }) => part)).toEqual(['archive'])
  const told = await office.ask('POST', `${address}/passphrase`, {})
  const { passphrase } = bodyOf<{ passphrase: string }>(told)
  expect((await office.fetch(`${address}/paper?channel=post`)).status).toBe(404)
  const { bytes } = await office.fetch(`${address}/archive?channel=secure-mail`)
  await expect(unzip(bytes)).rejects.toThrow()
  const files = await unzip(bytes, passphrase)
  const text = files.get('portability.json')!.bytes.toString('utf8')
  return { file: JSON.parse(text) as Portability, text, files }
}

/** A kept library's own judgement: what any other system would say of the file. */
function faultsBySchema(text: string): unknown {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const validate = ajv.compile(JSON.parse(portabilitySchemaText()) as object)
  return validate(JSON.parse(text)) ? [] : validate.errors
}

test('§13 the file holds what the client gave, by its published schema, and nothing that others concluded', async () => {
  await fill()
  const { file, text, files } = await exported(family.id)
  expect(faultsBySchema(text)).toEqual([])
  expect(faultsBySchema(text.replace('"street"', '"strasse"'))).not.toEqual([])
  expect(file.person).toMatchObject({ firstName: 'Aino', street: 'Mäntykuja 5 B', language: 'sv' })
  expect(file.contacts.map(({ name }) => name)).toEqual([
    'Veikko Kuusinen',
    'Eila Kuusinen',
    'Salattu Sisko'
  ])
  expect(file.decisions[0]).toMatchObject({ organiser: 'Mallikunta', grantedMinutes: 610 })
  expect(file.visits).toHaveLength(1)
  expect(file.ownWords.map((one) => one.text)).toEqual(['Olen väsynyt.'])
  expect(file.documents.map(({ type }) => type)).toEqual(['transport-permit'])
  for (const word of [
    ...[
      'Tilaajan tieto',
      'Työntekijän arvio',
      'Siivottiin',
      'Pelottaa',
      'Syy työntekijältä',
      'Puhuu kovaa'
    ],
    ...['Kielletty', 'Salatie', 'joint']
  ])
    expect([word, text.includes(word)]).toEqual([word, false])
  expect([...files.keys()].toSorted()).toEqual([
    'README.txt',
    'document-01.pdf',
    'portability.json',
    'portability.schema.json'
  ])
  expect(files.get('portability.schema.json')?.bytes.toString('utf8')).toBe(portabilitySchemaText())
  const [line] = await world.parts.store.disclosures.list({ customership: family.id }, 1)
  expect(line).toMatchObject({
    kind: 'rights-answer',
    ground: 'portability',
    channel: 'secure-mail'
  })
})

test('§13 the schema is public, and a change of it is pinned', async () => {
  const answer = await world.answer('/portability.schema.json', {})
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/schema+json')
  const text = await answer.text()
  expect(text).toBe(portabilitySchemaText())
  // Another hash is another shape: who reads such files must be told, by another format.
  expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe('aaebd214088257e9')
})

test('§13 a protected address stands apart in the client’s own file, and in no guardian’s', async () => {
  await fill({ isProtected: true })
  const own = await exported(family.id)
  expect(own.file.protectedAddress).toMatchObject({ street: 'Mäntykuja 5 B', town: 'Turku' })
  expect(own.file.person).not.toHaveProperty('street')
  expect(faultsBySchema(own.text)).toEqual([])
  const theirs = await exported(family.id, 'guardian')
  expect(theirs.file.protectedAddress).toBeUndefined()
  expect(theirs.text).not.toContain('Mäntykuja')
  // What nobody read through for others' sake is in no other guardian's file at all.
  const { contacts, ownWords, corrections, documents } = theirs.file
  expect([contacts, ownWords, corrections, documents]).toEqual([[], [], [], []])
  expect([...theirs.files.keys()].filter((name) => name.startsWith('document'))).toEqual([])
})

const ids = (): Pick<IdBook, 'client' | 'entry'> => {
  const clients = new Map<string, CustomershipId>()
  return {
    client: (key) => {
      const id = clients.get(key) ?? customershipIdSchema.parse(randomUUID())
      clients.set(key, id)
      return id
    },
    entry: () => entryIdSchema.parse(newUuidV7(world.clock.now()))
  }
}

/** What a person says on the page of what the file's own words mean here. */
const meanings = new Map<Worded, ReadonlyMap<string, string>>([
  ['decision.organiser', new Map([['Mallikunta', 'mallikunta']])],
  ['decision.product', new Map([['Lapsiperheiden kotipalvelu', 'home-service']])]
])

async function requestOf(text: string): Promise<ImportRequest> {
  const opened = await openFile(new File([text], 'portability.json'))
  if (opened.kind !== 'portability') throw new Error(opened.kind)
  const choices = { same: {}, meanings }
  const { records, issues } = buildRecords([opened.known], choices, ids() as IdBook)
  expect(issues).toEqual([])
  return { source: 'client', records }
}

/** What is a fact of the client, whatever its ids and times. */
const factsOf = ({ person, protectedAddress, contacts, decisions }: Portability) => ({
  person,
  protectedAddress,
  contacts: contacts.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  decisions
})

test('§13 the register’s own import takes the file in, and what it exports then says the same', async () => {
  await fill()
  const { file, text } = await exported(family.id)
  await world.close()
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  const request = await requestOf(text)
  const check = await office.ask('POST', '/api/office/import/check', request)
  expect(bodyOf<{ errors: number; issues: unknown[] }>(check)).toMatchObject({
    errors: 0,
    issues: []
  })
  const imported = await office.ask('POST', '/api/office/import', request)
  expect(imported.status, imported.text).toBe(200)
  const [facts] = await world.parts.store.register.list()
  const again = await exported(facts!.id)
  expect(factsOf(again.file)).toEqual(factsOf(file))
})

test('§13 records of such a file are judged line by line, as any other’s', async () => {
  await fill()
  const { text } = await exported(family.id)
  const file = JSON.parse(text) as Portability
  const wrong = { ...file, decisions: [{ ...file.decisions[0]!, organiser: 'Tuntematon' }] }
  const request = await requestOf(JSON.stringify(wrong))
  const check = await office.ask('POST', '/api/office/import/check', request)
  const { issues } = bodyOf<{ issues: { field: string; code: string; row: number }[] }>(check)
  expect(issues).toContainEqual(
    expect.objectContaining({ kind: 'decision', field: 'organiser', code: 'unknown', row: 6 })
  )
  await expect(
    openFile(new File([text.replace('"person"', '"persoona"')], 'x.json'))
  ).rejects.toThrow('broken')
})
