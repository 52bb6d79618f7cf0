import { describe, expect, test } from 'vitest'
import type { Contact } from '#contract/contact.ts'
import type { Profile } from '#contract/profile.ts'
import { addressOf } from './address.ts'
import { alertsOf, alertsOfCard } from './alerts.ts'
import { inCallingOrder } from './calling-order.ts'

const recorded = (value: string) => ({ value, source: 'client', by: '', at: '' })
const profile = (fields: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, recorded(value)])
  ) as unknown as Profile

describe('a client’s card', () => {
  test('puts whom not to let in first, and leaves out what was not said', () => {
    expect(
      alertsOf({ allergies: 'Pähkinä', pets: ' ', needs: 'Kuulolaite', noContact: ['Matti'] })
    ).toEqual([
      { kind: 'noContact', text: 'Matti' },
      { kind: 'allergies', text: 'Pähkinä' },
      { kind: 'needs', text: 'Kuulolaite' }
    ])
  })

  test('warns of a person with the reason beside the name', () => {
    const contacts = [
      { name: 'Matti', relation: 'other', noContact: true, note: 'Lähestymiskielto' },
      { name: 'Maija', relation: 'guardian', noContact: false }
    ] as Contact[]
    expect(alertsOfCard(profile({ allergies: 'Maito' }), contacts)).toEqual([
      { kind: 'noContact', text: 'Matti. Lähestymiskielto' },
      { kind: 'allergies', text: 'Maito' }
    ])
  })

  test('names first whom one would ring, and last whom nobody may', () => {
    const contact = (name: string, relation: string, more: object = {}) =>
      ({ name, relation, phone: '+358401234567', noContact: false, ...more }) as Contact
    const order = inCallingOrder([
      contact('Sami', 'guardian', { noContact: true }),
      contact('Toivo', 'child', { phone: undefined }),
      contact('Sosiaalityö', 'authority'),
      contact('Mummi', 'family'),
      contact('Äiti', 'guardian')
    ])
    expect(order.map(({ name }) => name)).toEqual(['Äiti', 'Mummi', 'Sosiaalityö', 'Toivo', 'Sami'])
  })

  test('gives the address on one line, or none', () => {
    expect(addressOf(profile({ street: 'Kuusitie 4 B', postalCode: '20100', town: 'Turku' }))).toBe(
      'Kuusitie 4 B, 20100 Turku'
    )
    expect(addressOf(profile({ town: 'Turku' }))).toBe('Turku')
    expect(addressOf(profile({}))).toBeNull()
  })
})
