import { describe, expect, test } from 'vitest'
import type { Contact } from '#contract/contact.ts'
import type { Profile } from '#contract/profile.ts'
import { addressOf } from './address.ts'
import { alertsOf, alertsOfCard } from './alerts.ts'

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

  test('gives the address on one line, or none', () => {
    expect(addressOf(profile({ street: 'Kuusitie 4 B', postalCode: '20100', town: 'Turku' }))).toBe(
      'Kuusitie 4 B, 20100 Turku'
    )
    expect(addressOf(profile({ town: 'Turku' }))).toBe('Turku')
    expect(addressOf(profile({}))).toBeNull()
  })
})
