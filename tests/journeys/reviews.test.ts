import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let office: Page

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    const { store, clock } = parts
    await addCaseload(parts, people.worker.username, ['Aada', 'Bertta'])
    const worker = await store.users.findByUsername(people.worker.username)
    const [client] = await store.register.list()
    const used = { customership: client?.id ?? null, user: worker?.id ?? null, device: null }
    const at = clock.now()
    await store.usage.append(
      [1, 2].map((minutes) => ({
        ...{ ...used, kind: 'write' as const, purpose: 'carrying-out' as const },
        at: at - minutes * 60_000
      }))
    )
  })
  desk = await Tablet.create('desktop')
  office = await desk.firstPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
})
afterAll(async () => {
  await desk.destroy()
  await household.destroy()
})

const uses = () => office.getByRole('list', { name: 'Käyttöjä' }).getByRole('listitem')

test('§12 a review is drawn, judged use by use and closed, by keyboard', async () => {
  await office.getByRole('link', { name: 'Loki', exact: true }).click()
  await heading(office, 'Loki').waitFor()
  await office.getByRole('radio', { name: 'Ketju' }).focus()
  await office.keyboard.press('ArrowRight')
  await office.getByText('Yhtään tarkastusta ei ole tehty').waitFor()
  await office.getByRole('button', { name: 'Uusi tarkastus' }).press('Enter')
  await office.getByText('Omat käyttösi tarkastaa joku toinen.').waitFor()
  await office.getByLabel('Satunnaisia käyttöjä').fill('4')
  await office.getByRole('button', { name: 'Arvo otos' }).press('Enter')
  await office.getByText('Kirjoita luku 5–100').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByLabel('Satunnaisia käyttöjä').fill('20')
  await office.getByRole('button', { name: 'Arvo otos' }).press('Enter')

  await uses().first().waitFor()
  const count = await uses().count()
  expect(count).toBeGreaterThan(1)
  const close = office.getByRole('button', { name: 'Sulje tarkastus' })
  expect(await close.isDisabled()).toBe(true)
  const first = uses().first()
  await first.getByRole('button', { name: 'Rikkomus' }).press('Enter')
  await first.getByLabel('Mitä siitä seuraa').selectOption({ label: 'Puhuteltu' })
  await first.getByRole('button', { name: 'Kirjaa rikkomus' }).press('Enter')
  await first.getByText('Rikkomus: Puhuteltu').waitFor()
  for (let index = 1; index < count; index += 1) {
    const one = uses().nth(index)
    await one.getByRole('button', { name: 'Kunnossa' }).press('Enter')
    await one.getByText(people.coordinator.displayName).waitFor()
  }
  expect(await findFaultsInBothLights(office)).toEqual([])
  await close.press('Enter')
  await office.getByText('Tarkastus on valmis').waitFor()
  expect(await office.getByRole('button', { name: 'Kunnossa' }).count()).toBe(0)

  await office.getByRole('button', { name: 'Kaikki tarkastukset' }).press('Enter')
  const row = office.getByRole('row').filter({ hasText: people.coordinator.displayName })
  await row.filter({ hasText: '1 rikkomus (Puhuteltu 1)' }).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('radio', { name: 'Muut toimet' }).check()
  await office.getByText('Sulki lokin tarkastuksen').first().waitFor()
})
