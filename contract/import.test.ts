import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customershipIdSchema, entryIdSchema } from './id.ts'
import {
  importRecordSchema,
  readRecord,
  type ImportKind,
  type ImportRecord,
  type ImportTerms
} from './import.ts'
import {
  importedDay,
  importedMinutes,
  importedPhone,
  importedPostalCode,
  importedYes
} from './import-value.ts'

const client = customershipIdSchema.parse('11111111-1111-4111-8111-111111111111')
const id = entryIdSchema.parse('01935b2e-7c00-7000-8000-000000000001')
const worker = '01935b2e-7c00-7000-8000-00000000000a'
const terms: ImportTerms = {
  source: 'organiser',
  organisers: new Set(['mallikunta']),
  products: new Set(['home-service']),
  workers: new Set([worker])
}

const record = (kind: ImportKind, fields: Record<string, string>): ImportRecord =>
  importRecordSchema.parse({ file: 0, row: 7, kind, client, id, fields })

const wrongOf = (kind: ImportKind, fields: Record<string, string>): [string | null, string][] =>
  (readRecord(record(kind, fields), terms).issues ?? []).map(({ field, code }) => [field, code])

const decision = {
  organiser: 'mallikunta',
  controller: 'organiser',
  product: 'home-service',
  funding: 'voucher',
  from: '1.11.2026',
  until: '31.12.2026',
  hours: '12,5',
  per: 'month'
}

test.each([
  ['3.5.2026', '2026-05-03'],
  ['03.05.2026', '2026-05-03'],
  ['3. 5. 2026', '2026-05-03'],
  ['3.5.2026 0:00:00', '2026-05-03'],
  ['2026-05-03', '2026-05-03'],
  ['2026-5-3', '2026-05-03'],
  ['2026-05-03T00:00:00.000Z', '2026-05-03'],
  ['5/3/2026', '5/3/2026'],
  ['3.5.26', '3.5.26'],
  ['eilen', 'eilen']
])('a day is read as written or left alone: %s', (text, day) => {
  expect(importedDay(text)).toBe(day)
})

test.each([
  ['12,5', 750],
  ['12.5', 750],
  ['12,5 h', 750],
  ['0,33', 20],
  ['12:30', 750],
  ['1 250', 75_000],
  ['7', 420],
  ['', null],
  ['-3', null],
  ['1,2,3', null],
  ['12:75', null]
])('hours with a decimal comma, a point or a clock: %s', (text, minutes) => {
  expect(importedMinutes(text)).toBe(minutes)
})

test.each([
  ['040 123 4567', '+358401234567'],
  ['040-1234567', '+358401234567'],
  ['+358 40 123 4567', '+358401234567'],
  ['00358401234567', '+358401234567'],
  ['(09) 1234 567', '+35891234567'],
  ['401234567', '+358401234567'],
  ['+46 70 123 45 67', '+46701234567']
])('a phone number gets its country: %s', (text, stored) => {
  expect(importedPhone(text)).toBe(stored)
})

test('what a spreadsheet dropped from a postal code is put back', () => {
  expect(['100', '1600', '00100', 'FI-33100', '1'].map(importedPostalCode)).toEqual([
    '00100',
    '01600',
    '00100',
    '33100',
    '1'
  ])
})

test('yes and no are read in three languages, and a doubt stays a doubt', () => {
  expect(['Kyllä', 'x', 'JA', 'ei', '', 'nej', 'ehkä'].map(importedYes)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    null
  ])
})

test('any day is read back from how Finns write it', () => {
  const days = fc.date({
    min: new Date('1900-01-01'),
    max: new Date('2100-01-01'),
    noInvalidDate: true
  })
  fc.assert(
    fc.property(days, (date) => {
      const day = date.toISOString().slice(0, 10)
      const [year, month, of] = day.split('-').map(Number)
      return importedDay(`${of}.${month}.${year}`) === day
    })
  )
})

test('a row of each kind is read into what the register keeps', () => {
  const stated = (value: string) => ({ value, source: 'organiser' })
  expect(
    readRecord(
      record('profile', {
        firstName: ' Aino ',
        lastName: 'Malli',
        birthDate: '3.5.1990',
        phone: '0401234567',
        addressProtected: 'x',
        pets: ' '
      }),
      terms
    ).read?.data
  ).toEqual({
    firstName: stated('Aino'),
    lastName: stated('Malli'),
    birthDate: stated('1990-05-03'),
    phone: stated('+358401234567'),
    addressProtected: stated('yes')
  })
  expect(
    readRecord(record('contact', { name: 'Aatu', relation: 'guardian', noContact: 'kyllä' }), terms)
      .read?.data
  ).toEqual({ name: 'Aatu', relation: 'guardian', noContact: true })
  expect(
    readRecord(record('decision', { ...decision, goals: 'Arki; Uni' }), terms).read?.data
  ).toEqual({
    organiser: 'mallikunta',
    controller: 'organiser',
    product: 'home-service',
    funding: 'voucher',
    from: '2026-11-01',
    until: '2026-12-31',
    grantedMinutes: 750,
    grantedPer: 'month',
    goals: ['Arki', 'Uni']
  })
  expect(
    readRecord(record('assignment', { worker, from: '1.11.2026', tasks: 'care' }), terms).read?.data
  ).toEqual({ worker, from: '2026-11-01', tasks: ['care'] })
})

test.each<[ImportKind, Record<string, string>, [string, string][]]>([
  ['profile', { lastName: 'Malli' }, [['firstName', 'missing']]],
  ['profile', { firstName: 'A', lastName: 'B', birthDate: '31.2.2020' }, [['birthDate', 'day']]],
  ['profile', { firstName: 'A', lastName: 'x'.repeat(81) }, [['lastName', 'long']]],
  ['profile', { firstName: 'A', lastName: 'B', phone: 'ei ole' }, [['phone', 'phone']]],
  ['profile', { firstName: 'A', lastName: 'B', postalCode: '12' }, [['postalCode', 'postal-code']]],
  [
    'profile',
    { firstName: 'A', lastName: 'B', addressProtected: '?' },
    [['addressProtected', 'unknown']]
  ],
  ['contact', { name: 'A' }, [['relation', 'missing']]],
  ['contact', { name: 'A', relation: 'äiti' }, [['relation', 'unknown']]],
  ['decision', { ...decision, organiser: 'muu' }, [['organiser', 'unknown']]],
  ['decision', { ...decision, until: '1.10.2026' }, [['until', 'order']]],
  ['decision', { ...decision, until: '1.10.' }, [['until', 'day']]],
  ['decision', { ...decision, hours: 'paljon' }, [['hours', 'hours']]],
  ['decision', { ...decision, hours: '99999' }, [['hours', 'hours']]],
  ['assignment', { worker: 'x', from: '1.1.2026', tasks: 'care' }, [['worker', 'unknown']]],
  ['assignment', { worker, tasks: 'care' }, [['from', 'missing']]]
])('%s: a field that cannot be kept is named with its code', (kind, fields, wrong) => {
  expect(wrongOf(kind, fields)).toEqual(wrong)
})

test('no issue has room for a value', () => {
  const { issues } = readRecord(
    record('profile', { firstName: 'Salainen', lastName: 'x'.repeat(90) }),
    terms
  )
  expect(JSON.stringify(issues)).not.toMatch(/Salainen|xxx/)
})
