import { expect, test } from 'vitest'
import { emptyInviteForm, readInviteForm, suggestUsername } from './invite-form.ts'

test('a user name is suggested from the name and stays editable', () => {
  expect(suggestUsername('Aino Mäki-Virtanen')).toBe('aino.maki-virtanen')
  expect(suggestUsername('  Åke  Öberg ')).toBe('ake.oberg')
})

test('§12 a worker is never invited with a task of the office', () => {
  const form = { ...emptyInviteForm(), username: 'aino.m', displayName: 'Aino M' }
  form.tasks = { care: true, administration: true }
  expect(readInviteForm(form).read?.tasks).toEqual(['care'])
  expect(readInviteForm({ ...form, role: 'main-user' }).read?.tasks).toEqual([
    'administration',
    'care'
  ])
})

test('what is wrong is named by its field', () => {
  expect(readInviteForm({ ...emptyInviteForm(), tasks: {} }).wrong).toEqual({
    username: 'wrong.username',
    displayName: 'wrong.required',
    tasks: 'wrong.tasks'
  })
})
