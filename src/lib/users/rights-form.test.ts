import { expect, test } from 'vitest'
import { isUntouched, readRightsForm, rightsFormOf, type Rights } from './rights-form.ts'

const seen: Rights = { displayName: 'Aino Äyräs', role: 'worker', tasks: ['care', 'documents'] }

test('what was seen goes with what is asked, so that another’s change is noticed', () => {
  const form = { ...rightsFormOf(seen), displayName: ' Aino Mäki ' }
  expect(isUntouched(rightsFormOf(seen), seen)).toBe(true)
  expect(isUntouched(form, seen)).toBe(false)
  expect(readRightsForm(form, seen).read).toEqual({
    seen,
    displayName: 'Aino Mäki',
    role: 'worker',
    tasks: ['care', 'documents']
  })
})

test('§12 a task of the office does not follow its user into the field', () => {
  const form = rightsFormOf({ ...seen, role: 'main-user', tasks: ['administration', 'care'] })
  form.role = 'worker'
  expect(readRightsForm(form, seen).read?.tasks).toEqual(['care'])
  form.tasks.care = false
  expect(readRightsForm(form, seen).wrong).toEqual({ tasks: 'wrong.tasks' })
})
