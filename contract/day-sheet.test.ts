import { expect, test } from 'vitest'
import type { Moment } from './day.ts'
import { destroyedBy, sheetVisit } from './day-sheet.ts'
import type { Entry } from './entry.ts'
import type { CustomershipId, EntryId, UserId } from './id.ts'

const at = '2026-11-22T07:00:00.000Z' as Moment
const by = 'a1111111-1111-4111-8111-111111111111' as UserId
const stated = (value: string) => ({ value, source: 'client', by, at })
const entry = (kind: string, data: unknown) =>
  ({ id: 'x' as EntryId, kind, revision: 1, at, by, data }) as Entry

const visit = {
  id: 'v' as EntryId,
  customership: 'c' as CustomershipId,
  data: { product: 'home-service', plannedStart: at, plannedEnd: at } as Entry<'visit'>['data']
}
const profile = (more: Readonly<Record<string, unknown>>) =>
  entry('profile', {
    firstName: stated('Aino'),
    lastName: stated('Avosaari'),
    birthDate: stated('2019-04-03'),
    street: stated('Koivutie 7'),
    town: stated('Kaarina'),
    access: stated('Ovikoodi 4711'),
    ...more
  })
const contact = (name: string, more: Readonly<Record<string, unknown>>) =>
  entry('contact', { name, relation: 'guardian', noContact: false, note: 'Töissä', ...more })

test('§8 a tablet that knows a protected address puts none of it on paper', () => {
  const open = sheetVisit(visit, [profile({})])
  expect(open).toMatchObject({ street: 'Koivutie 7', town: 'Kaarina', isProtected: false })
  const hidden = sheetVisit(visit, [profile({ addressProtected: stated('yes') })])
  expect(hidden).toMatchObject({ firstName: 'Aino', isProtected: true })
  expect(JSON.stringify(hidden)).not.toMatch(/Koivutie|Kaarina/)
  for (const sheet of [open, hidden])
    expect(JSON.stringify(sheet)).not.toMatch(/Avosaari|2019|Ovikoodi/)
})

test('whom to call, and whom not to let in; what else is known of them stays on the device', () => {
  const sheet = sheetVisit(visit, [
    profile({}),
    contact('Liisa', { phone: '+358401112222', home: { street: 'Salatie 1', isProtected: true } }),
    contact('Numeroton', {}),
    contact('Kielletty', { noContact: true, note: 'Lähestymiskielto' })
  ])
  expect(sheet?.contacts).toEqual([
    { name: 'Liisa', relation: 'guardian', noContact: false, phone: '+358401112222' },
    { name: 'Kielletty', relation: 'guardian', noContact: true, note: 'Lähestymiskielto' }
  ])
})

test('a client of whom no profile is shown is on no sheet', () => {
  expect(sheetVisit(visit, [contact('Liisa', {})])).toBeNull()
})

test('§12 the paper of a day goes by the end of the next', () => {
  expect(destroyedBy('2026-12-31' as ReturnType<typeof destroyedBy>)).toBe('2027-01-01')
})
