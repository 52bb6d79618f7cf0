import { expect, test } from 'vitest'
import { mapHref } from './address.ts'

const link = 'https://kartta.example/?q={address}'
const home = { address: 'Åkerivägen 3 & $1, 20100 Turku', isProtected: false }

test('an address is looked up by the link that the organisation has put on, and by none otherwise', () => {
  expect(mapHref(undefined, home)).toBeNull()
  expect(mapHref(link, { ...home, address: null })).toBeNull()
  expect(mapHref(link, home)).toBe(
    'https://kartta.example/?q=%C3%85keriv%C3%A4gen%203%20%26%20%241%2C%2020100%20Turku'
  )
})

test('§8 §11 a protected address never has a map link', () => {
  expect(mapHref(link, { ...home, isProtected: true })).toBeNull()
})
