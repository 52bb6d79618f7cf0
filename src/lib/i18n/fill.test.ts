import { expect, test } from 'vitest'
import { fill } from './fill.ts'

test('gaps are filled, and a gap without a filling stays to be seen', () => {
  expect(fill('fi', 'Hei {name}', { name: 'Aino' })).toBe('Hei Aino')
  expect(fill('fi', 'Hei {name}', {})).toBe('Hei {name}')
  expect(fill('fi', 'Hei {name}', { name: '$& {name}' })).toBe('Hei $& {name}')
})

test('one and many differ', () => {
  const text = '{count} kirjaus odottaa|{count} kirjausta odottaa'
  expect(fill('fi', text, { count: 1 })).toBe('1 kirjaus odottaa')
  expect(fill('fi', text, { count: 0 })).toBe('0 kirjausta odottaa')
  expect(fill('en', 'one|{count} notes', { count: 3 })).toBe('3 notes')
})
