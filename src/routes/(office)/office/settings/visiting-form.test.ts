import { expect, test } from 'vitest'
import { hostOf, offeredMapLink, readVisitingForm, visitingToForm } from './visiting-form.ts'

test('a map link is off until somebody puts it on', () => {
  const form = visitingToForm({})
  expect(form.isMapOn).toBe(false)
  expect(readVisitingForm(form, 3).read).toEqual({
    ...{ based: 3, socialEmergencyPhone: null, mapLink: null }
  })
  expect(readVisitingForm({ ...form, isMapOn: true }, 3).read?.mapLink).toBe(offeredMapLink)
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
  'https://a:b@kartta.example/{address}',
  'https://kartta.example/{address}/{address}'
])('%s is no link that an address may go to', (mapLink) => {
  const form = { ...visitingToForm({}), isMapOn: true, mapLink }
  expect(readVisitingForm(form, 3).wrong).toEqual({ mapLink: 'wrong.mapLink' })
})

test('it is said who learns the address', () => {
  expect(hostOf(offeredMapLink)).toBe('www.openstreetmap.org')
})
