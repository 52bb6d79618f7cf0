import { expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import { firstToCall } from './first-call.ts'

const entry = (kind: string, data: unknown) => ({ id: kind, kind, revision: 1, data }) as Entry
const profile = (phone?: string) =>
  entry('profile', { firstName: { value: 'Aino' }, ...(phone ? { phone: { value: phone } } : {}) })
const contact = (name: string, relation: string, more: Readonly<Record<string, unknown>> = {}) =>
  entry('contact', { name, relation, noContact: false, ...more })
const number = { phone: '+358401112222' }

test('the client’s own number is rung first', () => {
  expect(firstToCall([contact('Liisa', 'guardian', number), profile('+358409998888')])).toEqual({
    name: 'Aino',
    phone: '+358409998888'
  })
})

test('then the guardian, and never whom nobody may ring', () => {
  const entries = [
    profile(),
    contact('Kielletty', 'guardian', { ...number, noContact: true }),
    contact('Ville', 'other', number),
    contact('Numeroton', 'guardian'),
    contact('Liisa', 'family', number)
  ]
  expect(firstToCall(entries)?.name).toBe('Liisa')
})

test('where there is no number nobody is offered', () => {
  expect(firstToCall([profile(), contact('Numeroton', 'guardian')])).toBeNull()
  expect(firstToCall([])).toBeNull()
})
