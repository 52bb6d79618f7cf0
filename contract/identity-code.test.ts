import { expect, test } from 'vitest'
import { holdsIdentityCode, identityCodeMask, maskIdentityCodes } from './identity-code.ts'

test.each(['010594Y9032', '020594X903P', '010516B903X', '020503F9037'])(
  '§8 masks the public test code %s and keeps the words around it',
  (code) => {
    expect(maskIdentityCodes(`Äiti (${code}) oli paikalla.`)).toEqual({
      text: `Äiti (${identityCodeMask}) oli paikalla.`,
      found: true
    })
  }
)

test.each([
  ['a wrong check character', '010594Y9033'],
  ['a month that does not exist', '011394Y9032'],
  ['a longer run of digits', '1010594Y90321'],
  ['a phone number', '+358 40 123 4567'],
  ['a date', '22.11.2026 klo 8.30–9.15']
])('leaves %s as it is', (_name, text) => {
  expect(maskIdentityCodes(text)).toEqual({ text, found: false })
})

test('§8 finds a code at any depth', () => {
  expect(holdsIdentityCode({ fields: [{ value: 'lapsi 010516B903X' }] })).toBe(true)
  expect(holdsIdentityCode({ fields: [{ value: 'lapsi' }], minutes: 30, reason: null })).toBe(false)
})
