import { randomInt } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deviceListSchema } from '#contract/device.ts'
import { Tablet } from '#tests/support/browser.ts'
import { endAssignment } from '#tests/support/canary-family.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn, unlock } from '#tests/support/door.ts'
import { FaultProxy, type Fault } from '#tests/support/fault-proxy.ts'
import { Forensics } from '#tests/support/forensics.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { KeyRecorder } from '#tests/support/key-recorder.ts'

/** How often the browser dies while somebody works; the soak asks for more. */
const kills = Number(process.env['KOTIKAYNTI_BROWSER_KILLS'] ?? 6)
/** How many tablets die in the middle of their wiping, some of them more than once. */
const wipes = Math.max(2, Math.round(kills / 5))

const patient = { timeout: 60_000, interval: 250 }
const letters = 'abcdefghijklmnopqrstuvwxyz'
const named = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const [first, second] = [letters[Math.floor(index / 26)], letters[index % 26]]
    return `${name}${first}${second}`
  })

let proxy: FaultProxy
let household: Household
let clients: Client[]
/** Those whose service ends in the middle of it. */
let leaving: Client[]
let wiped: Client
let early: Client
let atOffice: OfficeDesk
const tablets: Tablet[] = []

async function newTablet(): Promise<Tablet> {
  const tablet = await Tablet.create('tablet')
  tablets.push(tablet)
  return tablet
}

async function firstPage({ context }: Tablet): Promise<Page> {
  context.setDefaultTimeout(patient.timeout)
  return context.pages()[0] ?? (await context.newPage())
}

/** Only with cookies on the disk is it the same tablet after its death; Chromium writes them down within half a minute. */
async function restarted(tablet: Tablet, recorder?: KeyRecorder): Promise<Page> {
  await tablet.close()
  return started(tablet, recorder)
}

async function started(tablet: Tablet, recorder?: KeyRecorder): Promise<Page> {
  const context = await tablet.open()
  await recorder?.listen(context)
  return firstPage(tablet)
}

async function enrolled(page: Page): Promise<string> {
  await page.goto(household.tablet)
  await comeIn(page, people.worker.username)
  const [device] = await vaultsIn(page)
  if (!device) throw new Error('nobody was enrolled')
  return device.device
}

interface Vault {
  readonly device: string
  readonly state: string
}

/** Who stands at the door, as anybody in this browser can read it. */
const vaultsIn = (page: Page): Promise<Vault[]> =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name)
    if (!names.includes('kotikaynti')) return []
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('kotikaynti')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error('not opened'))
    })
    if (!database.objectStoreNames.contains('vaults')) return []
    const all = database.transaction('vaults').objectStore('vaults').getAll()
    const rows = await new Promise<Vault[]>((resolve) => {
      all.onsuccess = () => resolve(all.result as Vault[])
    })
    database.close()
    return rows.map(({ device, state }) => ({ device, state }))
  })

interface Held {
  /** Ids of what waits to be delivered, without what only tells of reading. */
  readonly waiting: string[]
  readonly customerships: string[]
}

const heldIn = (page: Page, device: string): Promise<Held> =>
  page.evaluate(async (name) => {
    const names = (await indexedDB.databases()).map((one) => one.name)
    if (!names.includes(name)) return { waiting: [], customerships: [] }
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error('not opened'))
    })
    const all = <T>(store: string) =>
      new Promise<T[]>((resolve) => {
        const asked = database.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => resolve(asked.result as T[])
      })
    const rows = await all<{ id: string; waiting: number; quiet?: true }>('outbox')
    const faces = await all<{ id: string }>('faces')
    const whole = await all<{ id: string }>('customerships')
    database.close()
    return {
      waiting: rows.filter((row) => row.waiting === 1 && !row.quiet).map(({ id }) => id),
      customerships: [...new Set([...faces, ...whole].map(({ id }) => id))].sort()
    }
  }, `kotikaynti-${device}`)

const deviceAtOffice = async (id: string) =>
  deviceListSchema
    .parse(await (await atOffice.ask('GET', '/api/devices')).json())
    .devices.find((device) => device.id === id)

/** At a moment that nobody chose. What dies with the browser is told to nobody. */
async function killDuring(tablet: Tablet, within: number, work: () => Promise<void>) {
  let killed = false
  const failures: unknown[] = []
  const working = work().catch((error: unknown) => {
    if (!killed) failures.push(error)
  })
  await new Promise((resolve) => {
    setTimeout(resolve, randomInt(within))
  })
  killed = true
  await tablet.kill()
  await working
  expect(failures).toEqual([])
}

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, named('Aamu', kills))
    leaving = await addCaseload(parts, people.worker.username, named('Lähti', kills))
    const others = await addCaseload(parts, people.worker.username, ['Pyyhitty', 'Varhainen'])
    ;[wiped, early] = [others[0]!, others[1]!]
  }, proxy.port)
  proxy.target = household.server.port
  await signInAtOffice()
})

async function signInAtOffice(): Promise<void> {
  atOffice = await OfficeDesk.signedIn(household)
}

beforeEach(() => proxy.heal())

afterAll(async () => {
  await Promise.all(tablets.map((tablet) => tablet.destroy()))
  await proxy.close()
  await household.destroy()
})

/** What the screen has said of one client's note: it must be true whatever happens. */
interface Said {
  saved: string
  signed: string | null
}

const noteOf = (page: Page) => page.getByLabel('Toteutus')
/** Words that are read, and no more written. */
const standing = (page: Page) => page.getByText(/Lause 1\./).first()

async function openVisit(page: Page, { visit, firstName }: Client): Promise<void> {
  await page.goto(`${household.tablet}/visits/${visit}`)
  await unlock(page)
  await heading(page, `Käynti: ${firstName}`).waitFor()
}

async function begin(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'Aloita käynti' })
  await start.or(noteOf(page)).or(standing(page)).first().waitFor()
  if (await start.isVisible()) await start.click()
  await noteOf(page).or(standing(page)).first().waitFor()
}

async function tick(page: Page): Promise<void> {
  const box = page.getByRole('checkbox', { name: 'Lastenhoito' })
  if (!(await box.isChecked())) await box.click()
}

const sentences = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Lause ${index + 1}.`).join(' ')

/** One sentence after another; what the screen says of each is written down as it is said. */
async function type(page: Page, said: Said, most: number): Promise<void> {
  await tick(page)
  for (let count = 1; count <= most; count += 1) {
    await noteOf(page).fill(sentences(count))
    await page.getByText('Tallennettu tälle laitteelle').waitFor()
    said.saved = sentences(count)
  }
}

async function sign(page: Page, said: Said): Promise<void> {
  const words = await noteOf(page).inputValue()
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await page.getByText('Kirjaus on vahvistettu').waitFor()
  said.signed = words
}

/** After its death: the passphrase opens it, and what was said to be saved is there. */
async function finishNote(page: Page, client: Client, said: Said): Promise<void> {
  await openVisit(page, client)
  await begin(page)
  if (await standing(page).isVisible()) {
    const read = (await standing(page).innerText()).trim()
    expect(read.startsWith(said.saved)).toBe(true)
    expect(said.signed ?? read).toBe(read)
    said.signed = read
    return
  }
  // What was said to be signed is not written on.
  expect(said.signed).toBeNull()
  const words = await noteOf(page).inputValue()
  expect(words.startsWith(said.saved)).toBe(true)
  if (words === '') await type(page, said, 1)
  await tick(page)
  await sign(page, said)
}

const deliveries: readonly ((path: string) => Fault | null)[] = [
  () => null,
  (path) =>
    path === '/api/sync/push' ? { does: 'lose', once: 'answered', then: () => undefined } : null,
  (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
]

test(
  'a browser that is killed at any moment of a working day loses nothing that it said was saved',
  async () => {
    const tablet = await newTablet()
    let page = await firstPage(tablet)
    const device = await enrolled(page)
    await expect
      .poll(async () => (await heldIn(page, device)).customerships.length, patient)
      .toBe(clients.length + leaving.length + 2)
    page = await restarted(tablet)
    const said = clients.map((): Said => ({ saved: '', signed: null }))
    const gone = new Set<Client>()

    const deeds: readonly ((index: number) => Promise<void>)[] = [
      // Typed, signed and delivered.
      (index) =>
        killDuring(tablet, 9000, async () => {
          const client = clients[index]!
          await openVisit(page, client)
          await begin(page)
          await type(page, said[index]!, 4)
          await sign(page, said[index]!)
          await page
            .getByText(/^Perillä /)
            .first()
            .waitFor()
        }),
      // Words are sealed, then the keys go.
      async (index) => {
        const client = clients[index]!
        await openVisit(page, client)
        await begin(page)
        await type(page, said[index]!, 2)
        await noteOf(page).fill(sentences(3))
        await killDuring(tablet, 1200, async () => {
          await page.getByRole('button', { name: 'Lukitse', exact: true }).click()
          await heading(page, 'Avaa lukitus').waitFor()
        })
      },
      // One client has to go; a note of another is on its way.
      async (index) => {
        const client = leaving[index]!
        await household.server.stop()
        await household.inside((parts) => endAssignment(parts, client))
        await household.server.start()
        gone.add(client)
        await killDuring(tablet, 5000, async () => {
          await openVisit(page, clients[index]!)
          await begin(page)
          await type(page, said[index]!, 3)
        })
      }
    ]

    for (let index = 0; index < kills; index += 1) {
      proxy.fault = deliveries[Math.floor(index / deeds.length) % deliveries.length]!
      await deeds[index % deeds.length]!(index)
      // Without a network at first: what stands on this disk must suffice.
      proxy.fault = deliveries.at(-1)!
      page = await started(tablet)
      await finishNote(page, clients[index]!, said[index]!)
      proxy.heal()
    }

    await page.goto(`${household.tablet}/outbox`)
    await unlock(page)
    await page.getByText('Mikään ei odota lähetystä').waitFor()
    for (const [index, client] of clients.entries())
      await expect.poll(() => atOffice.written(client), patient).toEqual([said[index]!.signed])
    const staying = [...clients, wiped, early, ...leaving.filter((client) => !gone.has(client))]
    await expect
      .poll(async () => (await heldIn(page, device)).customerships, patient)
      .toEqual(staying.map(({ customership }) => customership).sort())
    expect(await page.getByRole('region', { name: 'Vaatii toimia' }).count()).toBe(0)
    expect((await deviceAtOffice(device))?.waiting).toBe(0)
  },
  120_000 + kills * 60_000
)

test('a browser that is killed before it has written its cookies down asks for the password once, and then delivers', async () => {
  const tablet = await newTablet()
  let page = await firstPage(tablet)
  const device = await enrolled(page)
  proxy.fault = deliveries.at(-1)!
  const said: Said = { saved: '', signed: null }
  await openVisit(page, early)
  await begin(page)
  await type(page, said, 2)
  await sign(page, said)
  await tablet.kill()

  proxy.heal()
  page = await started(tablet)
  // Chromium writes them down within half a minute: whether it had is not left to chance.
  await tablet.context.clearCookies()
  await page.goto(household.tablet)
  await unlock(page)
  await page.getByRole('link', { name: 'Kirjaudu, niin tiedot päivittyvät' }).click()
  await signIn(page, people.worker.username)
  await expect.poll(() => atOffice.written(early), patient).toEqual([said.signed])
  expect(await vaultsIn(page)).toEqual([{ device, state: 'ready' }])
}, 180_000)

/** What is sealed for a wiped device is at the office, or here; each of it once. */
async function expectNothingLost(ids: readonly string[], waiting: readonly string[]) {
  const brought = (await atOffice.feed()).awaiting
    .map(({ id }): string => id)
    .filter((id) => ids.includes(id))
  expect(new Set(brought).size).toBe(brought.length)
  for (const id of ids) expect(brought.includes(id) || waiting.includes(id)).toBe(true)
}

/** One tablet, revoked with a note that nobody has, and killed while it forgets. */
async function killedWhileWiping(deliversFirst: boolean): Promise<void> {
  const recorder = new KeyRecorder()
  const shell: FaultProxy['fault'] = (path) => recorder.fault(path)
  const alone: FaultProxy['fault'] = (path) =>
    path.startsWith('/api/') ? { does: 'refuse' } : recorder.fault(path)
  const online: FaultProxy['fault'] = (path) =>
    path === '/api/sync/push' && !deliversFirst ? { does: 'trouble' } : recorder.fault(path)
  proxy.fault = shell
  const tablet = await newTablet()
  let page = await restarted(tablet, recorder)
  const device = await enrolled(page)
  page = await restarted(tablet, recorder)
  proxy.fault = alone
  await openVisit(page, wiped)
  await begin(page)
  const said: Said = { saved: '', signed: null }
  await type(page, said, 1)
  await sign(page, said)
  const { waiting: ids } = await heldIn(page, device)
  expect(ids.length).toBeGreaterThan(0)
  await tablet.close()
  const wrapped = recorder.keys.flatMap(({ what, hex }) =>
    what === 'wrapping' ? [Buffer.from(hex, 'hex')] : []
  )
  const wrappedOn = new Forensics(wrapped)
  expect(await wrappedOn.scanProfile(tablet.profile)).not.toEqual([])

  await signInAtOffice()
  expect((await atOffice.ask('DELETE', `/api/devices/${device}`)).status).toBe(204)
  proxy.fault = online
  page = await started(tablet, recorder)
  const ordered = new Promise<void>((resolve) => {
    proxy.watch = (path) =>
      path.endsWith('/state') || path === '/api/sync/push' ? () => resolve() : null
  })
  await page.goto(household.tablet)
  await ordered
  await killDuring(tablet, 800, () => Promise.resolve())
  for (let more = randomInt(3); more > 0; more -= 1) {
    page = await started(tablet, recorder)
    await killDuring(tablet, 2500, async () => {
      await page.goto(household.tablet)
    })
  }

  proxy.fault = alone
  page = await started(tablet, recorder)
  await page.goto(household.tablet)
  const stateHere = async () =>
    (await vaultsIn(page)).find((row) => row.device === device)?.state ?? 'gone'
  // It died before it had written down that it was ordered to: it hears of it once more.
  if ((await stateHere()) === 'ready') {
    proxy.fault = online
    await expect.poll(stateHere, patient).not.toBe('ready')
    proxy.fault = alone
  }
  await expect.poll(stateHere, patient).toMatch(/^(wiped|gone)$/)
  const held = await heldIn(page, device)
  expect(held.customerships).toEqual([])
  await expectNothingLost(ids, held.waiting)
  await tablet.close()
  expect(await wrappedOn.scanProfile(tablet.profile)).toEqual([])
  expect(await new Forensics(recorder.secrets()).scanProfile(tablet.profile)).toEqual([])

  proxy.fault = shell
  page = await started(tablet)
  await page.goto(household.tablet)
  await expect.poll(async () => (await deviceAtOffice(device))?.state, patient).toBe('wiped')
  await expectNothingLost(ids, [])
  await tablet.destroy()
}

test(
  '§7 a revoked tablet that is killed while it wipes ends it at its next start without a network, and costs no note',
  async () => {
    for (let index = 0; index < wipes; index += 1) await killedWhileWiping(index % 2 === 0)
  },
  wipes * 180_000
)
