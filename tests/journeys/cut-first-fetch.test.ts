import { afterAll, beforeAll, expect, test } from 'vitest'
import { screens } from '#tests/support/browser.ts'
import { enrol, signIn, toTheDay } from '#tests/support/door.ts'
import { FaultyHousehold } from '#tests/support/faulty-household.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { people } from '#tests/support/household.ts'

const firstNames = [
  ...['Aamu', 'Bertta', 'Cecilia', 'Dagmar', 'Elviira', 'Fanny'],
  ...['Gunvor', 'Hilppa', 'Iivari', 'Jalmari', 'Kaleva', 'Lahja']
]

// A household of its own: whatever is pulled is pulled by the one tablet that there is.
let house: FaultyHousehold

beforeAll(async () => {
  house = await FaultyHousehold.create(firstNames)
})

afterAll(() => house.close())

test('a first fetch that is cut keeps what came, and goes on by itself to the end', async () => {
  const { page: field } = await house.browser('tablet')
  await field.goto(house.household.tablet)
  await field.evaluate(() => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    const look = () => {
      const text = document.querySelector('progress')?.parentElement?.textContent ?? ''
      const [count] = /\d+\/\d+ asiakasta/.exec(text) ?? []
      if (count !== undefined && told.at(-1) !== count) told.push(count)
    }
    const everything = { childList: true, subtree: true, characterData: true, attributes: true }
    new MutationObserver(look).observe(document, everything)
  })
  await signIn(field, people.worker.username)
  const cut = Promise.withResolvers<void>()
  let pulls = 0
  house.proxy.fault = (path) => {
    if (path !== '/api/sync/pull') return null
    pulls += 1
    // The scope, the organisation and nine customerships.
    return pulls === 1 ? { does: 'cut', afterLines: 11, when: cut.promise } : null
  }
  await enrol(field)
  await field.getByText('8/12 asiakasta').waitFor()
  cut.resolve()
  await field.getByText('Haku keskeytyi').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByText('Asiakkaat on haettu: 12').waitFor()
  const told = await field.evaluate(() => (globalThis as unknown as { told: string[] }).told)
  expect(new Set(told.map((count) => count.split('/')[1]))).toEqual(new Set(['12 asiakasta']))
  const done = told.map((count) => Number(count.split('/')[0]))
  expect(done).toEqual(done.toSorted((one, other) => one - other))
  expect([done[0], done.at(-1)]).toEqual([0, 12])
  await field.setViewportSize(screens.phone)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.setViewportSize(screens.tablet)
  await toTheDay(field)
})
