import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { heading } from '#tests/support/door.ts'
import {
  begin,
  FaultyHousehold,
  openOutbox,
  patient,
  sign
} from '#tests/support/faulty-household.ts'

/**
 * The next version of the protocol, rehearsed: a server that says more in every answer than today's tablets know,
 * sends frames and kinds of entries that they never heard of, and what a new operation has made. What a newer tablet
 * sends to today's server is in tests/promises/push-answers.
 */
let house: FaultyHousehold
let told = 0

beforeAll(async () => {
  house = await FaultyHousehold.create(['Aamu', 'Bertta'])
  house.proxy.fault = (path) =>
    path.startsWith('/api/') && !path.endsWith('/live')
      ? { does: 'change', change: asTheNextWouldSay }
      : null
})

afterAll(() => house.close())

type Said = Record<string, unknown>

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An added field, in the answer itself and in what it holds by a fixed name. */
function withMore(said: Said): Said {
  const known = Object.entries(said).map(([name, value]) => {
    const isRecord = ['fields', 'have', 'generation'].includes(name)
    return [name, isSaid(value) && !isRecord ? withMore(value) : value] as const
  })
  return { ...Object.fromEntries(known), forecast: { sunny: true } }
}

/** What the new operation `weather.record` makes of a customership. */
const weather = (revision: unknown, at: unknown, by: unknown): Said => ({
  ...{ id: randomUUID().replace(/^(.{14})./, '$17'), kind: 'weather', revision, at, by },
  data: { rain: 3 }
})

function frameOf(said: Said): Said[] {
  const { frame, entries } = said
  const more = withMore(said)
  if (frame === 'end') return [{ frame: 'forecast', days: 7 }, more]
  if (frame !== 'customership' || !Array.isArray(entries)) return [more]
  const all = entries.filter(isSaid).map(withMore)
  const [one] = all
  return [
    { ...more, entries: one ? [...all, weather(one['revision'], one['at'], one['by'])] : all }
  ]
}

function asTheNextWouldSay(text: string): string {
  const lines = text.split('\n').map((line) => {
    if (!line.startsWith('{')) return line
    told += 1
    const frames = frameOf(JSON.parse(line) as Said)
    return frames.map((frame) => JSON.stringify(frame)).join('\n')
  })
  return lines.join('\n')
}

test('a tablet of today enrols, fetches, writes and delivers at a server of the next version', async () => {
  const { page: field } = await house.enrolled()
  await field.getByText('Aamu').first().waitFor()
  const client = house.nextClient()
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Seuraavan version palvelimelle kirjoitettu')
  await sign(field)
  await expect
    .poll(() => house.atOffice.written(client), patient)
    .toEqual(['Seuraavan version palvelimelle kirjoitettu'])
  await openOutbox(field)
  await field.getByText('Perillä').first().waitFor()
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await heading(field, 'Asiakkaat').waitFor()
  await field
    .getByRole('link', { name: /Bertta/ })
    .first()
    .click()
  await heading(field, /Bertta/).waitFor()
  expect(told).toBeGreaterThan(10)
})
