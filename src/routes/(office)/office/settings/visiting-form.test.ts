import { expect, test } from 'vitest'
import { hostOf, readVisitingForm, visitingToForm } from './visiting-form.ts'

test('a map link is off until somebody puts it on', () => {
  const form = visitingToForm({})
  expect(form.isMapOn).toBe(false)
  expect(readVisitingForm(form, 3).read).toEqual({
    ...{ based: 3, socialEmergencyPhone: null, mapLink: null }
  })
  const on = { ...form, isMapOn: true }
  expect(readVisitingForm(on, 3).wrong).toEqual({ mapLink: 'wrong.mapLink' })
  const mapLink = 'https://kartta.example/?q={address}'
  expect(readVisitingForm({ ...on, mapLink }, 3).read?.mapLink).toBe(mapLink)
})

test('the number of the social emergency service is kept as it is called', () => {
  const form = { ...visitingToForm({}), socialEmergencyPhone: '02 626 2003' }
  expect(readVisitingForm(form, 3).read?.socialEmergencyPhone).toBe('+35826262003')
  expect(readVisitingForm({ ...form, socialEmergencyPhone: 'ei' }, 3).wrong).toEqual({
    socialEmergencyPhone: 'wrong.phone'
  })
})

test.each([
  'http://kartta.example/?q={address}',
  'https://kartta.example/',
  'https://{address}.example/',
  'https://kartta.example{address}/',
  'javascript:alert({address})',
  'https://nimi.example@kartta.example/{address}',
  'https://kartta.example/{address}/{address}'
])('%s is no link that an address may go to', (mapLink) => {
  const form = { ...visitingToForm({}), isMapOn: true, mapLink }
  expect(readVisitingForm(form, 3).wrong).toEqual({ mapLink: 'wrong.mapLink' })
})

test('it is said who learns the address', () => {
  expect(hostOf('https://kartta.example/?q={address}')).toBe('kartta.example')
  expect(hostOf('')).toBeNull()
})
