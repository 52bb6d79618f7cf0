import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signedText, type Envelope } from '#contract/envelope.ts'
import type { SealingKey } from '#contract/device.ts'
import type { DeviceId, UserId } from '#contract/id.ts'
import { pushAnswerSchema } from '#contract/push.ts'
import { makeSessionKey, sealEnvelope } from '#lib/outbox/seal.ts'
import { wakeServiceWorker } from '#tests/support/background-sync.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'

const firstNames = ['Aamu', 'Bertta', 'Cecilia', 'Dagmar', 'Elviira', 'Fanny', 'Gunvor', 'Hilppa']
const patient = { timeout: 60_000, interval: 250 }

let proxy: FaultProxy
let household: Household
let tablet: Tablet
let field: Page
let clients: Client[]
let atOffice: OfficeDesk
const tablets: Tablet[] = []

const clientAt = (index: number): Client => clients[index]!
const refuseApi = () => {
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
}
const networkReturns = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')))
const isLocked = (page: Page) => heading(page, 'Avaa lukitus').waitFor()

/** The devices that have a database here. */
const devicesIn = (page: Page): Promise<DeviceId[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name = '' }) =>
      name.startsWith('kotikaynti-') ? [name.slice('kotikaynti-'.length) as DeviceId] : []
    )
  )

/** A row of the outbox as everybody in this browser can read it. */
interface Row {
  readonly id: string
  readonly seq: number
  readonly customership: string
  readonly envelope: Envelope
  readonly waiting: 0 | 1
  readonly quiet?: true
  readonly receipt?: { readonly outcome: string }
}

/** In the order of their numbers, without what only tells of reading. */
const wordsIn = (page: Page, device: string): Promise<Row[]> =>
  page.evaluate(async (name) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
    })
    const reading = database.transaction(['outbox', 'cargo'])
    const all = reading.objectStore('outbox').getAll()
    const apart = reading.objectStore('cargo').getAll()
    await new Promise((resolve) => {
      reading.oncomplete = resolve
    })
    const rows = all.result as Row[]
    const cargo = new Map(
      (apart.result as { id: string; ciphertext: string }[]).map((one) => [one.id, one.ciphertext])
    )
    database.close()
    // Without its bytes: they would not come out of the page as they are.
    return rows
      .filter(({ quiet }) => !quiet)
      .map(({ id, seq, customership, envelope, waiting, receipt }) => {
        const whole = { ...envelope, ciphertext: cargo.get(id) ?? envelope.ciphertext }
        const row = { id, seq, customership, envelope: whole, waiting }
        return receipt ? { ...row, receipt } : row
      })
      .sort((one, other) => one.seq - other.seq)
  }, `kotikaynti-${device}`)

/**
 * The disk forgets what these were: the envelope, and with it its author's copy where that is asked. Nobody
 * delivers meanwhile: what was read from the disk before it forgot would go as it was.
 */
const damage = (page: Page, device: string, ids: readonly string[], copies: boolean) =>
  page.evaluate(
    ({ name, carrying, damaged, alsoCopies }) =>
      navigator.locks.request(carrying, async () => {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => resolve(opening.result)
        })
        const writing = database.transaction(['cargo', 'copies'], 'readwrite')
        const change = (store: string, id: string, spoil: (row: never) => object) => {
          const rows = writing.objectStore(store)
          const asked = rows.get(id)
          asked.onsuccess = () => rows.put(spoil(asked.result as never))
        }
        for (const id of damaged) {
          change('cargo', id, (row: { ciphertext: string }) => {
            const { ciphertext } = row
            const flipped = `${ciphertext.startsWith('A') ? 'B' : 'A'}${ciphertext.slice(1)}`
            return { ...row, ciphertext: flipped }
          })
          if (alsoCopies)
            change('copies', id, (row: { sealed: ArrayBuffer }) => ({
              ...row,
              sealed: new ArrayBuffer(row.sealed.byteLength)
            }))
        }
        await new Promise((resolve) => {
          writing.oncomplete = resolve
        })
        database.close()
      }),
    {
      name: `kotikaynti-${device}`,
      carrying: `kotikaynti-outbox-${device}`,
      damaged: ids,
      alsoCopies: copies
    }
  )

async function newTablet(prepare?: (one: Tablet) => Promise<void>) {
  const one = await Tablet.create('tablet')
  tablets.push(one)
  await prepare?.(one)
  const page = await firstPage(one)
  await page.goto(household.tablet)
  return { one, page, device: await enrolAs(page, people.worker.username) }
}

async function firstPage({ context }: Tablet): Promise<Page> {
  context.setDefaultTimeout(patient.timeout)
  return context.pages()[0] ?? (await context.newPage())
}

async function enrolAs(page: Page, username: string): Promise<DeviceId> {
  const before = await devicesIn(page)
  await comeIn(page, username)
  const device = (await devicesIn(page)).find((one) => !before.includes(one))
  if (!device) throw new Error('nobody was enrolled')
  return device
}

async function write(page: Page, { firstName }: Client, words: string): Promise<void> {
  await page.getByRole('link', { name: 'Tänään' }).first().click()
  await heading(page, 'Tänään').waitFor()
  await page.getByRole('radio', { name: 'Viikko' }).click()
  await page.getByRole('link', { name: firstName }).first().click()
  await heading(page, `Käynti: ${firstName}`).waitFor()
  const begin = page.getByRole('button', { name: 'Aloita käynti' })
  const tick = page.getByRole('checkbox', { name: 'Lastenhoito' })
  // What may be pressed is drawn a frame behind the heading.
  await begin.or(tick).first().waitFor()
  if (await begin.isVisible()) await begin.click()
  await tick.click()
  await page.getByLabel('Toteutus').fill(words)
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await page.getByText('Kirjaus on vahvistettu').waitFor()
}

async function lock(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lukitse', exact: true }).click()
  await isLocked(page)
}

/** What one device hands over, as it passes: how many carriers at a time, and in which order. */
class Passing {
  readonly batches: { readonly id: string; readonly seq: number }[][] = []
  most = 0
  /** Whoever finds another at work asks what must go, and leaves. */
  looks = 0
  #now = 0
  #turned: () => void = () => undefined

  readonly watch: FaultProxy['watch'] = (path) => {
    if (path.endsWith('/state')) this.looks += 1
    const isPush = path === '/api/sync/push'
    if (isPush) this.most = Math.max(this.most, (this.#now += 1))
    this.#turned()
    if (!isPush) return null
    return (body) => {
      this.#now -= 1
      this.batches.push((JSON.parse(body) as { envelopes: Envelope[] }).envelopes)
      this.#turned()
    }
  }

  /** As soon as it is so, at the moment in which something passes. */
  until(isSo: (passing: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#turned = () => {
        if (isSo(this)) resolve()
      }
    })
  }

  /** Each number once, as it first came. */
  firstSeen(wanted: readonly number[]): number[] {
    return [...new Set(this.batches.flat().map(({ seq }) => seq))].filter((seq) =>
      wanted.includes(seq)
    )
  }
}

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, firstNames)
    await addCaseload(parts, people.outsider.username, ['Xenofon'])
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
})

beforeEach(() => proxy.heal())

afterAll(async () => {
  await Promise.all(tablets.map((one) => one.destroy()))
  await proxy.close()
  await household.destroy()
})

test('locked, two tabs and the service worker wake at once: each operation arrives once and in order, by one carrier at a time', async () => {
  const { one, page, device } = await newTablet()
  tablet = one
  field = page
  refuseApi()
  const written = [0, 1, 2].map(clientAt)
  for (const client of written) await write(field, client, `Kerran: ${client.firstName}`)
  await lock(field)
  const second = await tablet.context.newPage()
  await second.goto(household.tablet)
  await isLocked(second)
  const words = await wordsIn(field, device)
  expect(words.length).toBeGreaterThanOrEqual(6)
  expect(words.every(({ waiting }) => waiting === 1)).toBe(true)

  const passing = new Passing()
  // The answer to the first two is never heard, so that everything goes again.
  for (const lost of [true, true, false]) {
    refuseApi()
    // A tab that was just opened asks what must go, whoever delivers.
    for (const tab of [field, second]) {
      await tab.reload()
      await isLocked(tab)
    }
    const { looks } = passing
    const { length } = passing.batches
    const tried = passing.until((now) => now.looks >= looks + 2 || now.most > 1)
    proxy.watch = passing.watch
    proxy.fault = (path) =>
      path === '/api/sync/push' ? { does: 'hold', until: tried, lost } : null
    await Promise.all([
      networkReturns(field),
      networkReturns(second),
      wakeServiceWorker(field, household.tablet)
    ])
    await tried
    await expect.poll(() => passing.batches.length, patient).toBeGreaterThan(length)
    expect(passing.most).toBe(1)
  }
  proxy.fault = () => null
  await field.getByText('Kaikki on lähetetty').waitFor()
  expect(passing.most).toBe(1)
  const numbers = words.map(({ seq }) => seq)
  expect(passing.firstSeen(numbers)).toEqual(numbers)
  for (const batch of passing.batches) {
    const inIt = batch.map(({ seq }) => seq).filter((seq) => numbers.includes(seq))
    expect(inIt).toEqual([...inIt].sort((a, b) => a - b))
  }
  // Those that nobody heard of came again, and were written once all the same.
  for (const { id } of words)
    expect(
      passing.batches.filter((batch) => batch.some((each) => each.id === id)).length
    ).toBeGreaterThanOrEqual(3)
  for (const client of written)
    expect(await atOffice.written(client)).toEqual([`Kerran: ${client.firstName}`])
  const kept = await wordsIn(field, device)
  expect(kept.map(({ receipt }) => receipt?.outcome)).toEqual(words.map(() => 'applied'))
  await second.close()
})

test('without Background Sync a closed browser that is opened again delivers by itself, locked', async () => {
  const withoutSync = async ({ context }: Tablet): Promise<void> => {
    await context.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'SyncManager')
      Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync')
    })
  }
  const { one, page } = await newTablet(withoutSync)
  expect(await page.evaluate(() => 'sync' in ServiceWorkerRegistration.prototype)).toBe(false)
  refuseApi()
  const client = clientAt(3)
  await write(page, client, 'Selain suljettiin ennen verkkoa')
  await one.close()
  proxy.heal()
  expect(await atOffice.written(client)).toEqual([])

  await one.open()
  await withoutSync(one)
  const again = await firstPage(one)
  await again.goto(household.tablet)
  await isLocked(again)
  await again.getByText('Kaikki on lähetetty').waitFor()
  expect(await atOffice.written(client)).toEqual(['Selain suljettiin ennen verkkoa'])
  await isLocked(again)
})

test('what was damaged on the disk is set aside and told, all later ones go, and its author writes it again', async () => {
  const { page, device } = await newTablet()
  const [lost, mended, later] = [4, 5, 6].map(clientAt) as [Client, Client, Client]
  refuseApi()
  await write(page, lost, 'Vahingoittui levyllä')
  await write(page, mended, 'Vahingoittui kuoressa')
  await write(page, later, 'Kirjoitettiin niiden jälkeen')
  await lock(page)
  const words = await wordsIn(page, device)
  const of = ({ customership }: Client) => words.filter((row) => row.customership === customership)
  await damage(
    page,
    device,
    of(lost).map(({ id }) => id),
    true
  )
  await damage(
    page,
    device,
    of(mended)
      .slice(-1)
      .map(({ id }) => id),
    false
  )

  proxy.heal()
  await networkReturns(page)
  await expect
    .poll(() => atOffice.written(later), patient)
    .toEqual(['Kirjoitettiin niiden jälkeen'])
  const outcomes = async () =>
    (await wordsIn(page, device)).map(({ id, receipt }) => [id, receipt?.outcome])
  const refused = [...of(lost), ...of(mended).slice(-1)].map(({ id }) => id)
  await expect
    .poll(outcomes, patient)
    .toEqual(words.map(({ id }) => [id, refused.includes(id) ? 'refused' : 'applied']))
  expect(await atOffice.written(lost)).toEqual([])
  // Not everything is sent, and the lock screen does not say so.
  await page.getByText(/odottaa lähetystä/).waitFor()

  await unlock(page)
  await heading(page, /^Käynti/).waitFor()
  // What its author's copy still tells was sealed once more, and goes by itself.
  await expect.poll(() => atOffice.written(mended), patient).toEqual(['Vahingoittui kuoressa'])
  await page
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  const attention = page.getByRole('region', { name: 'Vaatii toimia' })
  await expect.poll(() => attention.getByRole('listitem').count(), patient).toBe(of(lost).length)
  await attention.getByText('Kirjaus on vahingoittunut tällä laitteella').first().waitFor()
  await attention
    .getByText(/Kirjoita se uudelleen/)
    .first()
    .waitFor()
  expect(await findFaultsInBothLights(page)).toEqual([])

  await write(page, lost, 'Kirjoitettiin uudelleen')
  await expect.poll(() => atOffice.written(lost), patient).toEqual(['Kirjoitettiin uudelleen'])
  await page
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  for (let left = of(lost).length; left > 0; left -= 1) {
    await expect.poll(() => attention.getByRole('listitem').count(), patient).toBe(left)
    await attention.getByRole('button', { name: 'Luettu' }).first().click()
  }
  await attention.waitFor({ state: 'hidden' })
})

/** Hands over what it likes in anybody's name: the cookies are the browser's. */
const handOver = async (page: Page, device: string, envelopes: readonly Envelope[]) => {
  const answer = await page.evaluate(
    async (body) => {
      const response = await fetch('/api/sync/push?by-hand', {
        method: 'POST',
        headers: { 'Kotikaynti-Protocol': '1', 'Content-Type': 'application/json' },
        body
      })
      return (await response.json()) as unknown
    },
    JSON.stringify({ device, outbox: { last: 1, waiting: [] }, envelopes })
  )
  const { results } = pushAnswerSchema.parse(answer)
  return results.map(({ outcome, code }) => [outcome, code])
}

/** Another text under the id and number that wait, signed by another key. */
async function forge(page: Page, device: DeviceId, { envelope, customership }: Row) {
  const { sealingKey, author } = await page.evaluate(async (own) => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
      })
    const read = async (name: string, store: string, key: string) => {
      const database = await open(name)
      const asked = database.transaction(store).objectStore(store).get(key)
      const found = await new Promise<unknown>((resolve) => {
        asked.onsuccess = () => resolve(asked.result)
      })
      database.close()
      return found
    }
    const { value } = (await read(`kotikaynti-${own}`, 'meta', 'sealingKey')) as {
      value: SealingKey
    }
    const { user } = (await read('kotikaynti', 'vaults', own)) as { user: UserId }
    return { sealingKey: value, author: user }
  }, device)
  const { id, seq } = envelope
  const value = { id, op: 'note.sign', customership, author, at: new Date().toISOString() }
  const payload = Buffer.from(JSON.stringify({ ...value, body: {} })).toString('base64url')
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign'
  ])
  const words = new TextEncoder().encode(signedText(device, id, seq, payload))
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  const sig = Buffer.from(await crypto.subtle.sign(how, pair.privateKey, words))
  const session = await makeSessionKey(sealingKey, device)
  return sealEnvelope(session, device, envelope, { payload, sig: sig.toString('base64url') })
}

test('a colleague on a shared tablet carries another’s notes and can forge none', async () => {
  const { page, device } = await newTablet()
  const client = clientAt(7)
  const words = 'Kollega kantoi tämän perille'
  refuseApi()
  await write(page, client, words)
  await lock(page)
  const [first, ...rest] = (await wordsIn(page, device)).filter(({ waiting }) => waiting === 1)
  const last = rest.at(-1)
  if (!first || !last) throw new Error('they wait')

  // The colleague signs in, and everything but a delivery by the app itself goes through.
  proxy.fault = (path) => (path === '/api/sync/push' ? { does: 'refuse' } : null)
  await page.getByRole('link', { name: 'Uusi käyttäjä' }).click()
  await heading(page, 'Kirjaudu sisään').waitFor()
  const colleagues = await enrolAs(page, people.outsider.username)

  const { ciphertext } = last.envelope
  const flipped = `${ciphertext.startsWith('A') ? 'B' : 'A'}${ciphertext.slice(1)}`
  const unopened = [['refused', 'cannot-open']]
  expect(await handOver(page, device, [{ ...last.envelope, ciphertext: flipped }])).toEqual(
    unopened
  )
  expect(await handOver(page, device, [{ ...last.envelope, seq: last.seq + 100 }])).toEqual(
    unopened
  )
  expect(await handOver(page, colleagues, [last.envelope])).toEqual(unopened)
  for (const row of [first, last])
    expect(await handOver(page, device, [await forge(page, device, row)])).toEqual([
      ['awaiting-decision', 'unsigned']
    ])
  expect(await atOffice.written(client)).toEqual([])

  proxy.heal()
  await networkReturns(page)
  await expect.poll(() => atOffice.written(client), patient).toEqual([words])
  const outcomes = async () => (await wordsIn(page, device)).map(({ receipt }) => receipt?.outcome)
  await expect.poll(outcomes, patient).toEqual([first, ...rest].map(() => 'applied'))
  const { notes, awaiting } = await atOffice.feed()
  const line = notes.find(({ customership }) => customership === client.customership)
  expect(line?.note.by).toBe(await authorOf(device))
  expect(awaiting.filter(({ code }) => code === 'unsigned').length).toBe(2)
})

async function authorOf(device: string): Promise<string | undefined> {
  const answer = (await (await atOffice.ask('GET', '/api/devices')).json()) as {
    devices: { id: string; user: string }[]
  }
  return answer.devices.find(({ id }) => id === device)?.user
}
