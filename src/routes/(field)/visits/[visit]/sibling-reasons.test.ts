import { beforeAll, expect, test } from 'vitest'
import type { CustomershipId } from '#contract/id.ts'
import { learn } from '#lib/i18n/language.svelte.ts'
import { dividedAnew, reasonOf } from './sibling-reasons.ts'

beforeAll(() => learn('visits'))

const otso = { id: 'a' as CustomershipId, firstName: 'Otso', lastName: 'Karppinen' }
const venla = { id: 'b' as CustomershipId, firstName: 'Venla', lastName: 'Karppinen' }
const both = [otso, venla]
const instead = 'Yhteinen aika jaettiin uudelleen'

test('§8 a reason stands where it is about, and never where it names a sibling', () => {
  expect(reasonOf(both, venla.id, 'Venla nukkui')).toBe('Venla nukkui')
  expect(reasonOf(both, otso.id, 'Venla nukkui')).toBe(instead)
  expect(reasonOf(both, otso.id, 'Haettiin Venlalle lääkettä')).toBe(instead)
  expect(reasonOf(both, otso.id, 'Unohdin lopettaa')).toBe('Unohdin lopettaa')
})

test('of those whom it is not about only the division is said, and nothing where nothing was asked', () => {
  expect(dividedAnew('Venla on sairaalassa')).toBe(instead)
  expect(dividedAnew('  ')).toBe('')
  expect(reasonOf(both, otso.id, '')).toBe('')
})
