import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMoment } from '#contract/day.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { Household, people } from '#tests/support/household.ts'

/** A tablet asks by itself each minute, and an office that listens each half: what comes sooner was rung for. */
const soon = { timeout: 15_000 }

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let client: Client
let worker: string
let decision: string

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    const [first] = await addCaseload(parts, people.worker.username, ['Kerttu'])
    if (!first) throw new Error('there is no client')
    client = first
    const known = await parts.store.register.read(first.customership, (reader) =>
      reader.ofKind('decision')
    )
    decision = known?.[0]?.id ?? ''
    worker = (await parts.store.users.findByUsername(people.worker.username))?.id ?? ''
  })
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  office = await desk.firstPage()
  field = await tablet.firstPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
  await field.getByText('Kerttu').first().waitFor()
})

afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

/** As the office's own screens ask. */
const ask = (method: string, path: string, body?: unknown) =>
  office.evaluate(
    async ([as, at, text]) => {
      const headers = { 'Kotikaynti-Protocol': '1', 'Content-Type': 'application/json' }
      const answer = await fetch(at, { method: as, headers, ...(text ? { body: text } : {}) })
      return answer.status
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)] as const
  )

/** Tomorrow at this hour. */
function plan(hour: number): Promise<number> {
  const start = instantOf(addDays(dayAt(Date.now()), 1), hour, 0)
  return ask('POST', `/api/office/customerships/${client.customership}/visits`, {
    id: newUuidV7(Date.now()),
    data: {
      decision,
      worker,
      plannedStart: toMoment(start),
      plannedEnd: toMoment(start + 3_600_000)
    },
    reason: 'Sovittu perheen kanssa'
  })
}

test('a visit that the office plans is on the tablet in seconds, and nobody touched it', async () => {
  expect(await plan(8)).toBe(201)
  await field.getByText('8.00').first().waitFor(soon)
})

test('a line that broke is opened again, and what happened meanwhile comes with it', async () => {
  await household.server.kill()
  await household.server.start()
  expect(await plan(11)).toBe(201)
  await field.getByText('11.00').first().waitFor(soon)
})

test('what a worker records is at the office in seconds', async () => {
  await heading(office, 'Tilanne').waitFor()
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await field.getByText('Kerttu').first().click()
  await office.goto(`${household.office}/office/notes`)
  await heading(office, 'Kirjaukset').waitFor()
  await field.getByRole('button', { name: 'Aloita käynti' }).click()
  await field.getByRole('checkbox', { name: 'Ruokailu' }).check()
  await field.getByLabel('Toteutus').fill('Söimme yhdessä.')
  await field.getByRole('button', { name: 'Vahvista' }).click()
  await office.getByText('Söimme yhdessä.').waitFor(soon)
})

test('a tablet that is revoked is empty in seconds, and nobody touched it', async () => {
  const { devices } = await office.evaluate(async () => {
    const answer = await fetch('/api/devices', { headers: { 'Kotikaynti-Protocol': '1' } })
    return (await answer.json()) as { devices: { id: string }[] }
  })
  expect(await ask('DELETE', `/api/devices/${devices[0]?.id}`)).toBe(204)
  await heading(field, /Kirjaudu sisään|Laite on poistettu käytöstä|Kotikäynti/).waitFor(soon)
  expect(await field.getByText('Kerttu').count()).toBe(0)
})
