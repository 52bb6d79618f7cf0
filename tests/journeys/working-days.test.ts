import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { entriesOf } from '#contract/entry.ts'
import type { Language } from '#contract/text.ts'
import { fill } from '#lib/i18n/fill.ts'
import { messages as en } from '#lib/i18n/en.ts'
import { type MessageKey, messages as fi } from '#lib/i18n/fi.ts'
import { messages as sv } from '#lib/i18n/sv.ts'
import { homeService } from '#server/organisation/templates/home-service.ts'
import { screens, Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading } from '#tests/support/door.ts'
import { type Fault, FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaults } from '#tests/support/faults.ts'
import { Household, passphrase, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'

/** Six whole days. Each goes over all three sizes, so that every pair of size, language and light is met. */
const days: readonly (readonly [Language, 'light' | 'dark'])[] = [
  ['fi', 'light'],
  ['sv', 'dark'],
  ['en', 'light'],
  ['fi', 'dark'],
  ['sv', 'light'],
  ['en', 'dark']
]
/** On the way to the fourth and to the seventh family another device is at hand. */
const sizes = [screens.phone, screens.tablet, screens.desktop] as const
const names = [
  ...['Aamukaste', 'Batuulia', 'Cyrenaica', 'Dagmariina', 'Eulaliina'],
  ...['Fransiina', 'Gunvoria', 'Hildegunda', 'Iiristuuli', 'Jaliisa']
]
/** What the network is like at each visit: there, away, a guest network's page, the server in trouble. */
const networks: readonly (Fault | null)[] = [
  null,
  { does: 'refuse' },
  { does: 'refuse' },
  { does: 'portal' },
  null,
  { does: 'trouble' },
  { does: 'refuse' }
]

const words = { fi, sv, en }
let household: Household
let proxy: FaultProxy
let tablet: Tablet
let field: Page
let language: Language
let clients: Client[]

const say = (key: MessageKey, filling = {}) => fill(language, words[language][key], filling)
const titleOf = (id: string) =>
  homeService.fields.find((field) => field.id === id)?.title[language] ?? id
const aTick = () => {
  const ticks = homeService.fields.find(({ form }) => form === 'ticks')
  return ticks?.options?.[0]?.title[language] ?? ''
}

afterEach(async () => {
  await tablet.destroy()
  await proxy.close()
  await household.destroy()
})

async function open(): Promise<void> {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, names)
  }, proxy.port)
  proxy.target = household.server.port
  tablet = await Tablet.create('tablet')
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
}

/** The language is chosen where a worker finds it. */
async function speak(): Promise<void> {
  await field.getByRole('link', { name: 'Minä' }).first().click()
  const own = { fi: 'Suomi', sv: 'Svenska', en: 'English' }[language]
  await field.getByRole('radio', { name: own }).click()
  await heading(field, say('me.title')).waitFor()
}

/** The whole page at once: what the bar at the bottom half covers can be scrolled to by a hand, and not by a rule. */
async function faultless(state: string): Promise<void> {
  const screen = field.viewportSize() ?? screens.tablet
  const whole = await field.evaluate(() => document.documentElement.scrollHeight)
  await field.setViewportSize({ ...screen, height: Math.max(whole, screen.height) })
  await field.waitForTimeout(300)
  expect(await findFaults(field), state).toEqual([])
  const wide = await field.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide, `${state} scrolls sideways`).toBeLessThanOrEqual(0)
  await field.setViewportSize(screen)
}

/** What changed is drawn when the hand that pressed has come to rest: until then the card may be of the one before. */
async function toToday(before: Client | undefined): Promise<Client | undefined> {
  await field
    .getByRole('link', { name: say('today.title') })
    .first()
    .click()
  const card = field.getByRole('region', { name: say('today.next') })
  const others = clients.filter((client) => client !== before)
  await card.getByText(new RegExp(others.map(({ firstName }) => firstName).join('|'))).waitFor()
  const shown = await card.innerText()
  return clients.find(({ firstName }) => shown.includes(firstName))
}

const begun = (client: Client) => field.getByRole('heading', { name: client.firstName }).waitFor()

async function record(client: Client, looks: boolean): Promise<string> {
  await field.getByRole('button', { name: say('today.start') }).click()
  await begun(client)
  await field.getByRole('checkbox', { name: aTick() }).click()
  const said = `${client.firstName} leikki pihalla`
  await field.getByLabel(titleOf('done'), { exact: true }).fill(said)
  await field.getByText(say('note.saved')).waitFor()
  if (looks) await faultless('a note half written')
  await field.getByRole('button', { name: say('visit.finish') }).click()
  if (looks) await faultless('the question how the visit ended')
  await field.getByRole('button', { name: say('visit.completed') }).click()
  await field.getByRole('button', { name: say('note.sign') }).click()
  await field.getByText(say('note.signed')).waitFor()
  if (looks) await faultless('a signed note')
  return said
}

async function cancel(client: Client): Promise<void> {
  await field.getByRole('link', { name: say('today.notHeld') }).click()
  await begun(client)
  await field.getByRole('button', { name: say('visit.cancelled'), exact: true }).click()
  await field.getByRole('button', { name: say('visit.byUs') }).click()
  await field.getByRole('dialog').waitFor({ state: 'hidden' })
}

async function lockAndUnlock(): Promise<void> {
  await field.getByRole('button', { name: say('action.lock'), exact: true }).click()
  await heading(field, say('unlock.title')).waitFor()
  await faultless('the lock screen')
  await field.getByLabel(say('unlock.passphrase'), { exact: true }).fill(passphrase)
  await field.getByRole('button', { name: say('unlock.submit'), exact: true }).click()
  await field.getByRole('region', { name: say('today.next') }).waitFor()
}

test.for(days)('a working day of ten visits in %s and in %s', async ([spoken, light]) => {
  language = 'fi'
  await open()
  await field.emulateMedia({ colorScheme: light })
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
  language = spoken
  await speak()
  const expected = new Map<string, unknown[]>()
  let last: Client | undefined
  for (let index = 0; index < names.length; index += 1) {
    const fault = networks[index % networks.length] ?? null
    proxy.fault = (path) => (path.startsWith('/api/') ? fault : null)
    const size = sizes[Math.min(Math.floor(index / 3), 2)]
    const isNew = index % 3 === 0 && index < 9
    if (size && isNew) await field.setViewportSize(size)
    const client = await toToday(last)
    if (!client) throw new Error('nobody comes next')
    last = client
    if (isNew) await faultless('the day')
    if (isNew) await lockAndUnlock()
    if (index === 4) await cancel(client)
    const said = index === 4 ? [] : [await record(client, isNew)]
    expected.set(client.firstName, said)
  }
  proxy.heal()
  await field
    .getByRole('link', { name: say('outbox.title') })
    .first()
    .click()
  await field.getByText(say('outbox.empty')).waitFor({ timeout: 60_000 })
  await faultless('everything delivered')

  const atOffice = await OfficeDesk.signedIn(household)
  for (const client of clients) {
    expect(await atOffice.written(client)).toEqual(expected.get(client.firstName))
    const path = `/api/office/customerships/${client.customership}?purpose=organising`
    const { entries } = customershipAnswerSchema.parse(
      await (await atOffice.ask('GET', path)).json()
    )
    expect(entriesOf(entries, 'visit').map(({ data }) => data.state)).toEqual([
      expected.get(client.firstName)?.length === 0 ? 'cancelled-by-provider' : 'completed'
    ])
  }
})
