import { expect, test } from 'vitest'
import { daySchema } from '#contract/day-shape.ts'
import { phoneToStored } from '#contract/phone.ts'
import { emptyContactForm } from './contact-form.ts'
import { emptyOpeningForm, readOpeningForm } from './opening-form.ts'
import { emptyProfileForm, profileToForm, readProfileForm } from './profile-form.ts'
import { hoursToMinutes } from './decision-form.ts'

const today = daySchema.parse('2026-11-22')

function filledForm() {
  const form = emptyOpeningForm(today)
  form.profile.firstName.value = ' Aino '
  form.profile.lastName.value = 'Esimerkki'
  form.profile.phone = { value: '040 123 4567', source: 'client' }
  form.decision.organiser = 'turku'
  form.decision.product = 'home-service'
  form.decision.until = '2027-05-31'
  form.decision.hours = '12,5'
  form.decision.goals = 'Arki sujuu\n\n  Vanhempi lepää \n'
  return form
}

test('a filled form becomes the request, with the source of each field and nothing for an empty one', () => {
  const { read } = readOpeningForm(filledForm())
  expect(read?.profile.data).toEqual({
    firstName: { value: 'Aino', source: 'organiser' },
    lastName: { value: 'Esimerkki', source: 'organiser' },
    phone: { value: '+358401234567', source: 'client' }
  })
  expect(read?.decision.data).toMatchObject({
    from: '2026-11-22',
    grantedMinutes: 750,
    goals: ['Arki sujuu', 'Vanhempi lepää']
  })
})

test('reading the same form twice gives the same ids, so that a repeat is the same request', () => {
  const form = filledForm()
  expect(readOpeningForm(form).read?.id).toBe(readOpeningForm(form).read?.id)
  expect(readOpeningForm(filledForm()).read?.id).not.toBe(form.id)
})

test('what is wrong is named by its field', () => {
  const form = filledForm()
  form.profile.firstName.value = ' '
  form.profile.postalCode.value = '2010'
  form.profile.email.value = 'aino@'
  form.decision.until = '2026-11-01'
  form.decision.hours = 'paljon'
  form.contacts = [{ ...emptyContactForm(), phone: '12' }]
  expect(readOpeningForm(form).wrong).toEqual({
    'profile.firstName': 'wrong.required',
    'profile.postalCode': 'wrong.postalCode',
    'profile.email': 'wrong.email',
    'contacts.0.name': 'wrong.required',
    'contacts.0.phone': 'wrong.phone',
    'decision.grantedMinutes': 'wrong.hours'
  })
})

test('a last day before the first is said at the last day', () => {
  const form = filledForm()
  form.decision.until = '2026-11-01'
  expect(readOpeningForm(form).wrong).toEqual({ 'decision.until': 'wrong.order' })
})

test('§9 a profile keeps its sources when it is opened for correction', () => {
  const form = emptyProfileForm()
  form.firstName.value = 'Aino'
  form.lastName = { value: 'Esimerkki', source: 'client' }
  const stated = readProfileForm(form).read
  const recorded = { by: 'someone', at: '2026-11-22T09:00:00Z' }
  const again = profileToForm({
    firstName: { ...stated?.firstName, ...recorded },
    lastName: { ...stated?.lastName, ...recorded }
  } as Parameters<typeof profileToForm>[0])
  expect(again.firstName).toEqual({ value: 'Aino', source: 'organiser' })
  expect(again.lastName).toEqual({ value: 'Esimerkki', source: 'client' })
})

test('phones are written the Finnish way and kept the international one', () => {
  expect(phoneToStored('040 123-4567')).toBe('+358401234567')
  expect(phoneToStored('+46 8 123 456')).toBe('+468123456')
  expect(phoneToStored('0046 8 123456')).toBe('+468123456')
})

test.each([
  ['12,5', 750],
  ['12.25', 735],
  ['8', 480],
  ['2:45', 165],
  ['2:75', null],
  ['', null],
  ['-3', null]
])('hours %j are %j minutes', (text, minutes) => {
  expect(hoursToMinutes(text)).toBe(minutes)
})
