import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { enrol, heading, toEnrolment, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { SlowLine } from '#tests/support/slow-line.ts'

const letters = 'abcdefghijklmnopqrst'
const families = Array.from(
  { length: 60 },
  (_, index) => `Perhe${letters[Math.floor(index / 20)]}${letters[index % 20]}`
)
const patient = { timeout: 60_000, interval: 250 }

let proxy: FaultProxy
let household: Household
/** The one in hand. */
let tablet: Tablet
const tablets: Tablet[] = []

/** Words that no compression makes less of, so that a slow line is slow. */
async function writeNotes({ store, clock }: Parts, clients: readonly Client[]): Promise<void> {
  const at = toMoment(clock.now())
  for (const { customership, visit, firstName } of clients)
    await store.register.transact((tx) =>
      tx.change(customership, async (change) => {
        const [planned] = await change.entries({ kinds: ['visit'] })
        if (planned?.kind !== 'visit') throw new Error('there is no visit')
        const note = {
          ...{ visit, template: 'visit', templateVersion: 1, author: planned.data.worker },
          fields: { done: `Luettu: ${firstName}. ${randomBytes(3600).toString('base64url')}` },
          ...{ state: 'signed' as const, writtenAt: at, signedAt: at }
        }
        const id = entryIdSchema.parse(newUuidV7(clock.now()))
        await change.put('note', id, note, planned.data.worker)
      })
    )
}

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    await writeNotes(parts, await addCaseload(parts, people.worker.username, families))
  }, proxy.port)
  proxy.target = household.server.port
})

beforeEach(() => {
  proxy.heal()
  proxy.watch = () => null
})

afterAll(async () => {
  await Promise.all(tablets.map((one) => one.destroy()))
  await proxy.close()
  await household.destroy()
})

async function newTablet(): Promise<Page> {
  tablet = await Tablet.create('tablet')
  tablets.push(tablet)
  tablet.context.setDefaultTimeout(patient.timeout)
  const page = await tablet.firstPage()
  await toEnrolment(page, household.tablet, people.worker.username)
  return page
}

/** What is asked of the server comes and goes as far from the mast; the app's own files are there. */
function goFar(): void {
  const line = new SlowLine({ milliseconds: 400, kilobits: 200 })
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'slow', line } : null)
}

/** How many clients each pull that is over said to hold, where it told them one by one. */
const said: number[] = []

/** Resolves when the tablet asks for its clients; `isOver` when that answer has come, or its line is dead. */
function nextPull(): { readonly asked: Promise<void>; isOver: () => boolean } {
  const asked = Promise.withResolvers<void>()
  let isOver = false
  proxy.watch = (path) => {
    if (path !== '/api/sync/pull') return null
    asked.resolve()
    return (body) => {
      isOver = true
      if (body === '') return
      const { have } = JSON.parse(body) as { have?: object }
      if (have) said.push(Object.keys(have).length)
    }
  }
  return { asked: asked.promise, isOver: () => isOver }
}

const held = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('kotikaynti-'))
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name?.name ?? '')
      opening.onsuccess = () => resolve(opening.result)
    })
    const counting = database.transaction('faces').objectStore('faces').count()
    const count = await new Promise<number>((resolve) => {
      counting.onsuccess = () => resolve(counting.result)
    })
    database.close()
    return count
  })

test('reloads 1, 3 and 5 seconds into a first fetch over a bad network cost nothing that came, and it ends complete', async () => {
  const page = await newTablet()
  goFar()
  let pull = nextPull()
  await enrol(page)
  const kept = [0]
  for (const seconds of [1, 3, 5]) {
    await pull.asked
    await pause(seconds * 1000)
    expect(pull.isOver()).toBe(false)
    pull = nextPull()
    await page.reload()
    await heading(page, 'Avaa lukitus').waitFor()
    kept.push(await held(page))
    await unlock(page)
    await heading(page, 'Tänään').waitFor()
    await page.getByText('Tietoja ei ole vielä haettu').waitFor()
    expect(await page.getByText('Ei käyntejä tänään').count()).toBe(0)
  }
  expect(kept).toEqual(kept.toSorted((one, other) => one - other))
  await expect.poll(() => [...new Set(said)], patient).toEqual([...new Set(kept)])
  expect(kept.at(-1)).toBeGreaterThan(kept.at(0) ?? 0)
  expect(kept.at(-1)).toBeLessThan(families.length)
  await page.getByText(/^Tiedot klo/).waitFor()
  expect(await held(page)).toBe(families.length)
  for (const name of families) await page.getByText(name).first().waitFor()
})

test('the first client is read while the last ones are still on their way, and a sleep in the middle costs none of them', async () => {
  const page = await newTablet()
  goFar()
  const pull = nextPull()
  await enrol(page)
  await page.getByText('Voit jo aloittaa').waitFor()
  expect(await findFaultsInBothLights(page)).toEqual([])
  await page.getByRole('link', { name: 'Aloita' }).click()
  await page.getByText('Haetaan asiakkaita').waitFor()
  await page.getByRole('link', { name: 'Asiakkaat' }).first().click()
  const first = page.getByRole('list', { name: 'Asiakkaat' }).getByRole('link').first()
  const [name = ''] = (await first.innerText()).split(' ')
  await first.click()
  await page.getByText(`Luettu: ${name}.`).waitFor()
  expect(await held(page)).toBeLessThan(families.length)
  expect(pull.isOver()).toBe(false)
  await tablet.sleep(2000)
  await page.getByText(/^Tiedot klo/).waitFor()
  expect(await held(page)).toBe(families.length)
})
