import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, type Day } from '#contract/day.ts'
import { disclosuresAnswerSchema } from '#contract/disclosure.ts'
import { situationSchema } from '#contract/office.ts'
import { rightsListSchema } from '#contract/rights-request.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { faultsOfPdf } from '#tests/support/pdf-faults.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { issuesOf, RightsCases } from '#tests/support/rights-case.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let mainUser: User
let office: Client
let family: Family
let cases: RightsCases

const today = (): Day => dayAt(world.clock.now())
const requests = '/api/office/requests'

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office, 'Haapalainen')
  cases = new RightsCases(world, office, family)
})
afterEach(() => world.close())

const disclosures = async () =>
  disclosuresAnswerSchema.parse((await office.ask('GET', '/api/office/disclosures')).body).lines

const list = async (client = office) =>
  rightsListSchema.parse((await client.ask('GET', requests)).body).requests

const profileOf = () =>
  world.parts.store.register.read(family.id, (reader) => reader.entry('profile', family.profile))

test('§13 a request has a month, which Tilanne shows until it is answered', async () => {
  await cases.selfPaying()
  const request = await cases.register({ receivedOn: addDays(today(), -26) })
  expect(request.request).toMatchObject({
    number: 'P-2026-0001',
    fullOn: '2026-11-27',
    dueOn: '2026-11-27'
  })
  expect(request.open).toEqual(['answer'])
  const shown = async () =>
    situationSchema.parse((await office.ask('GET', '/api/office/situation')).body).requests
  expect(await shown()).toMatchObject([
    { number: 'P-2026-0001', name: 'Aino Haapalainen', kind: 'access', dueOn: '2026-11-27' }
  ])
  const closed = await cases.done(request, cases.answered())
  expect(closed.request).toMatchObject({ outcome: 'granted', answeredOn: today(), channel: 'post' })
  expect(closed.request.closedAt).not.toBeNull()
  expect(await shown()).toEqual([])
  expect(await disclosures()).toMatchObject([
    {
      kind: 'rights-answer',
      reference: 'P-2026-0001',
      recipient: 'client',
      ground: 'right-of-access'
    }
  ])
  expect(codeOf(await cases.act(closed, cases.answered()))).toBe('conflict')
})

test('§13 registered twice by the same id it is one request', async () => {
  const body = cases.registration()
  const [first, again] = [await cases.ask(body), await cases.ask(body)]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(await list()).toHaveLength(1)
  expect(
    issuesOf(await cases.ask({ ...cases.registration(), receivedOn: addDays(today(), 1) }))
  ).toEqual(['receivedOn future'])
})

test('§13 two months more are given once, and only if they were told before the first month was over', async () => {
  const late = await cases.register({ receivedOn: addDays(today(), -40) })
  const more = { act: 'extend', ground: 'complexity', reason: 'Laaja aineisto', ...cases.sent() }
  expect(issuesOf(await cases.act(late, more))).toEqual(['on too-late'])
  const request = await cases.register({ receivedOn: addDays(today(), -5) })
  const asked = async (o: object) => issuesOf(await cases.act(request, { ...more, ...o }))
  expect(await asked({ on: addDays(today(), 1) })).toEqual(['on future'])
  expect(await asked({ on: addDays(today(), -6) })).toEqual(['on before-receipt'])
  expect(await asked({ reason: undefined })).toEqual(['reason missing'])
  const extended = await cases.done(request, more)
  expect(extended.request).toMatchObject({ fullOn: '2027-02-17', extension: { toldOn: today() } })
  expect(codeOf(await cases.act(extended, more))).toBe('conflict')
})

test('§13 where the organiser is controller the request is forwarded, and is closed as that', async () => {
  const request = await cases.register()
  expect(request.open).toEqual(['forward'])
  expect(request.client).toMatchObject({ organisers: ['mallikunta'], isProvider: false })
  expect(codeOf(await cases.act(request, cases.answered()))).toBe('conflict')
  const elsewhere = { ...cases.forwarded(), organiser: 'toinen' }
  expect(issuesOf(await cases.act(request, elsewhere))).toEqual(['organiser unknown'])
  const closed = await cases.done(request, cases.forwarded())
  expect(closed.request.outcome).toBe('forwarded')
  expect(await disclosures()).toMatchObject([
    { recipient: 'mallikunta', ground: 'controller-assistance', channel: 'post' }
  ])
  const { text } = await readPdf(await cases.letter(closed))
  expect(text).toContain('siirretty rekisterinpitäjälle')
  expect(text).toContain('Mallikunta')
})

test('§13 a client with decisions of both kinds: both parts are worked before it is closed', async () => {
  await cases.selfPaying(true)
  const request = await cases.register()
  expect(request.open).toEqual(['forward', 'answer'])
  const half = await cases.done(request, cases.answered())
  expect(half.request.closedAt).toBeNull()
  expect(half.open).toEqual(['forward'])
  const closed = await cases.done(half, cases.forwarded())
  expect(closed.request).toMatchObject({ outcome: 'granted' })
})

test('§13 who asks is made sure of before anything is answered, unless that is the ground', async () => {
  await cases.selfPaying()
  const request = await cases.register({ identified: 'not-yet' })
  expect(request.open).toEqual(['identify', 'answer'])
  expect(issuesOf(await cases.act(request, cases.answered()))).toEqual(['outcome not-identified'])
  const other = await cases.register({ identified: 'not-yet' })
  const refusal = cases.answered({ outcome: 'refused', ground: 'not-identified' })
  const refused = await cases.done(other, refusal)
  expect(refused.request.outcome).toBe('refused')
  // Whoever that was is not told whether there is such a client.
  const { text } = await readPdf(await cases.letter(refused))
  expect(text).not.toMatch(/Haapalainen|Aino/)
  const known = await cases.done(request, { act: 'identify', identified: 'document' })
  expect((await cases.done(known, cases.answered())).request.outcome).toBe('granted')
})

test('§13 a guardian without custody is never taken for one silently', async () => {
  const [contact] =
    (await world.parts.store.register.read(family.id, (reader) => reader.ofKind('contact'))) ?? []
  const words = { contact: contact?.id }
  const asked = async (o: object) =>
    cases.ask({ ...cases.registration({ who: 'guardian', words: { ...words, ...o } }) })
  // No custody is recorded of them, then that it was taken.
  expect(issuesOf(await asked({}))).toEqual(['standing missing'])
  const put = (custody: string) =>
    world.parts.store.register.transact((tx) =>
      tx.change(family.id, (change) =>
        change.put('contact', contact!.id, { ...contact!.data, custody } as never, mainUser.id)
      )
    )
  await put('none')
  expect(issuesOf(await asked({}))).toEqual(['standing missing'])
  expect((await asked({ standing: 'Käräjäoikeuden päätös 1.10.' })).status).toBe(201)
  await put('joint')
  expect((await asked({})).status).toBe(201)
  const unnamed = cases.registration({ who: 'representative', words: {} })
  expect(issuesOf(await cases.ask(unnamed))).toEqual(['name missing'])
})

test('§13 the letter carries the authority and how to complain, in the client’s language, and is well made', async () => {
  await cases.selfPaying()
  const words = 'Liitteenä raportti.'
  const closed = await cases.done(await cases.register(), cases.answered({ words }))
  const finnish = await cases.letter(closed)
  const { text } = await readPdf(finnish)
  for (const said of ['Tietosuojavaltuutetun toimisto', '77 artikla', 'Aino Haapalainen', words])
    expect(text).toContain(said)
  expect(faultsOfPdf(finnish)).toEqual([])
  expect((await readPdf(await cases.letter(closed, 'sv'))).text).toContain('Dataombudsmannens byrå')
  const open = await cases.register()
  expect((await office.fetch(`${requests}/${open.request.id}/letter`)).status).toBe(409)
})

test('§13 a letter to a guardian tells nobody’s protected address', async () => {
  await cases.selfPaying()
  const request = await cases.register({ kind: 'rectification' })
  const profile = await profileOf()
  const rectify = { act: 'rectify-profile', reason: 'Muutti', based: profile!.revision }
  const protect = { ...rectify, field: 'addressProtected', value: 'yes' }
  const safe = await cases.done(request, protect)
  const based = (await profileOf())!.revision
  const moved = { ...rectify, based, field: 'street', value: 'Salainen kuja 3' }
  const done = await cases.done(safe, moved)
  // Neither the former address nor the new one is repeated in the words of the request.
  expect(JSON.stringify(done)).not.toMatch(/Koivutie|Salainen/)
  const told = await cases.done(done, cases.answered())
  expect((await readPdf(await cases.letter(told))).text).not.toMatch(/Koivutie|Salainen/)
})

test('§13 a rectification keeps what stood there, who, when and why, and the recipients are told', async () => {
  await cases.selfPaying()
  await recordSummaryLeft()
  const request = await cases.register({ kind: 'rectification' })
  expect(issuesOf(await cases.act(request, cases.answered()))).toEqual([
    'outcome nothing-rectified'
  ])
  const { revision: based } = (await profileOf())!
  const rectify = { act: 'rectify-profile', field: 'lastName', reason: 'Avioliitto' }
  const asked = async (o: object) => cases.act(request, { ...rectify, based, ...o })
  expect(issuesOf(await asked({ value: 'Haapalainen' }))).toEqual(['value same'])
  expect(issuesOf(await asked({ field: 'shoeSize', value: '42' }))).toEqual(['field unknown'])
  expect(codeOf(await asked({ based: based - 1, value: 'Mäkinen' }))).toBe('conflict')
  const done = await cases.done(request, { ...rectify, based, value: 'Mäkinen' })
  expect(done.work?.rectified).toMatchObject([
    {
      what: 'profile',
      target: 'lastName',
      former: 'Haapalainen',
      reason: 'Avioliitto',
      by: mainUser.id
    }
  ])
  expect((await profileOf())?.data.lastName).toMatchObject({ value: 'Mäkinen', source: 'client' })
  expect(done.open).toEqual(['tell', 'answer'])
  const answered = await cases.done(done, cases.answered())
  expect(answered.request.closedAt).toBeNull()
  const told = await cases.done(answered, {
    act: 'tell',
    recipient: 'mallikunta',
    ...cases.sent()
  })
  expect(told.request.outcome).toBe('granted')
  expect((await disclosures()).map(({ ground }) => ground)).toContain('recipient-notification')
})

const recordSummaryLeft = () =>
  world.parts.store.disclosures.append([
    {
      id: newEntryId(world),
      at: new Date(world.clock.now()).toISOString() as never,
      by: mainUser.id,
      customership: family.id,
      kind: 'summary',
      reference: 'mallikunta-2026-0001',
      recipient: 'mallikunta',
      channel: 'secure-mail',
      ground: 'client-records-act',
      content: 'whole',
      fingerprint: null,
      receipt: null
    }
  ])

test('§13 a signed note is put right by an amendment that stands beside it', async () => {
  await cases.selfPaying()
  const worker = await world.user({ role: 'worker' })
  const tablet = await WireTablet.enrol(world, worker)
  await family.assign(worker.id)
  await tablet.pull()
  const visit = await family.plan(worker.id)
  const customership = family.id
  await tablet.do({ op: 'visit.record', customership, body: family.visit(visit) })
  const note = newEntryId(world)
  const body = family.note(note, visit, { tasks: ['meals'], done: 'Kävelimme kouluun' })
  await tablet.do({ op: 'note.sign', customership, body })

  const request = await cases.register({ kind: 'rectification' })
  const amendment = newEntryId(world)
  const correct = {
    act: 'rectify-note',
    note: amendment,
    amends: note,
    fields: { done: 'Kävelimme puistoon' },
    reason: 'Asiakas kertoi toisin'
  }
  const strange = { ...correct, fields: { unheard: 'Kyllä' } }
  expect(issuesOf(await cases.act(request, strange))).toEqual(['fields invalid'])
  await cases.done(request, correct)
  const notes = await world.parts.store.register.read(family.id, (reader) => reader.ofKind('note'))
  expect(notes?.find(({ id }) => id === note)?.data.fields['done']).toBe('Kävelimme kouluun')
  expect(notes?.find(({ id }) => id === amendment)?.data).toMatchObject({
    amends: note,
    state: 'signed',
    author: worker.id,
    signedBy: mainUser.id,
    reason: 'Asiakas kertoi toisin',
    fields: { done: 'Kävelimme puistoon' }
  })
  await tablet.pull()
  expect(tablet.entry(family.id, amendment)?.data).toMatchObject({ amends: note })
})

test('§13 erasure is granted when the machine of forgetting runs, or refused on its legal ground', async () => {
  await cases.selfPaying()
  const refusable = await cases.register({ kind: 'erasure' })
  const refuse = (ground?: string) => cases.answered({ outcome: 'refused', ground })
  expect(issuesOf(await cases.act(refusable, refuse()))).toEqual(['ground missing'])
  expect(issuesOf(await cases.act(refusable, refuse('accurate')))).toEqual(['ground invalid'])
  const refused = await cases.done(refusable, refuse('organiser-record'))
  expect((await readPdf(await cases.letter(refused))).text).toContain('703/2023')

  const request = await cases.register({ kind: 'erasure' })
  expect(issuesOf(await cases.act(request, cases.answered()))).toEqual(['outcome not-ending'])
  await family.post('ending', { endDay: today(), reason: 'client-asked' })
  const granted = await cases.done(request, cases.answered())
  expect(granted.request.outcome).toBe('granted')
  expect((await readPdf(await cases.letter(granted))).text).toContain('poistetaan viimeistään')
})

test('§13 an objection is weighed before a compelling ground refuses it', async () => {
  await cases.selfPaying()
  const request = await cases.register({ kind: 'objection' })
  const refuse = cases.answered({ outcome: 'refused', ground: 'compelling-grounds' })
  expect(issuesOf(await cases.act(request, refuse))).toEqual(['ground not-weighed'])
  expect(issuesOf(await cases.act(request, cases.answered()))).toEqual(['outcome nothing-done'])
  const weighed = await cases.done(request, { act: 'weigh', words: 'Lapsen etu painaa enemmän' })
  expect((await cases.done(weighed, refuse)).request.outcome).toBe('refused')
})

test('§13 of somebody who is no client no word is kept, and the answer is the same for everybody', async () => {
  const body = { ...cases.registration(), customership: null }
  expect(issuesOf(await cases.ask(body))).toEqual(['words not-expected'])
  const stranger = await cases.registerOfNobody()
  expect(stranger).toMatchObject({ work: null, client: null, open: ['answer'] })
  const withWords = cases.answered({ outcome: 'not-held', words: 'Hei Matti' })
  expect(issuesOf(await cases.act(stranger, withWords))).toEqual(['words not-expected'])
  expect(issuesOf(await cases.act(stranger, cases.answered()))).toEqual(['outcome not-expected'])
  const answered = await cases.done(stranger, cases.answered({ outcome: 'not-held' }))

  // One who asks of a real client without any right, and hears the very same.
  await cases.selfPaying()
  const prying = await cases.register({
    who: 'representative',
    words: { name: 'Utelias Naapuri', standing: 'Sanoo olevansa kummi' }
  })
  const refused = await cases.done(
    prying,
    cases.answered({ outcome: 'refused', ground: 'no-standing' })
  )
  const said = async (detail: typeof answered) =>
    (await readPdf(await cases.letter(detail))).text.replaceAll(detail.request.number, 'P')
  expect(await said(refused)).toBe(await said(answered))
  expect(await disclosures()).toMatchObject([{ reference: refused.request.number }])
})

test('§13 who only oversees sees requests, and no content', async () => {
  const request = await cases.register()
  const overseer = await world.signedIn(
    await world.user({ role: 'main-user', tasks: ['oversight'] })
  )
  expect(await list(overseer)).toMatchObject([
    { number: 'P-2026-0001', kind: 'access', clientName: null, isDeleted: false }
  ])
  const detail = await overseer.ask('GET', `${requests}/${request.request.id}`)
  expect(detail.body).toMatchObject({ work: null, client: null, open: [] })
  expect(detail.text).not.toMatch(/Haapalainen|kirjoitettu/)
  for (const [method, path, body] of [
    ['POST', requests, cases.registration()],
    ['POST', `${requests}/${request.request.id}/acts`, cases.forwarded()],
    ['GET', `${requests}/${request.request.id}/letter`, undefined]
  ] as const)
    expect(codeOf(await overseer.ask(method, path, body))).toBe('not-allowed')
})
