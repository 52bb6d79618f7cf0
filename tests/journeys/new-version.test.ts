import { afterAll, beforeAll, expect, test } from 'vitest'
import { heading, unlock } from '#tests/support/door.ts'
import { begin, FaultyHousehold, patient, sign } from '#tests/support/faulty-household.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'

let house: FaultyHousehold

beforeAll(async () => {
  house = await FaultyHousehold.create(['Dagmar'])
})

afterAll(() => house.close())

test('a new version is taken with a full outbox, and nothing in it is lost', async () => {
  const { page: field } = await house.enrolled()
  const client = house.nextClient()
  house.proxy.fault = (path) =>
    path === '/service-worker.js'
      ? { does: 'change', change: (script) => `${script}\n// the next version` }
      : path.startsWith('/api/')
        ? { does: 'refuse' }
        : null
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Vanhassa versiossa kirjoitettu')
  await field.evaluate(() => {
    void navigator.serviceWorker.ready.then((registration) => registration.update())
  })
  await field.getByText('Uusi versio valmis').waitFor(patient)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Ota käyttöön' }).click()
  await heading(field, 'Avaa lukitus').waitFor()
  await field.getByText('Uusi versio valmis').waitFor({ state: 'hidden' })
  await field.getByText(/odottaa lähetystä/).waitFor()
  await unlock(field)
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Vanhassa versiossa kirjoitettu')
  house.proxy.heal()
  await sign(field)
  await expect
    .poll(() => house.atOffice.written(client), patient)
    .toEqual(['Vanhassa versiossa kirjoitettu'])
})
