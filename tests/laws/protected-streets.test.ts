import { describe, expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import { maskAddresses, protectedStreets, tellsAddress } from '#server/summaries/addresses.ts'

const profileOf = (street: string, access?: string) =>
  ({
    kind: 'profile',
    data: {
      street: { value: street },
      ...(access === undefined ? {} : { access: { value: access } }),
      addressProtected: { value: 'yes' }
    }
  }) as unknown as Entry

const masked = (text: string, street: string, access?: string) =>
  maskAddresses(text, protectedStreets([profileOf(street, access)]))

describe('§8 a protected street is recognised however it is told', () => {
  test.each([
    ['Koivutie 7 B 12', 'haettiin Koivutie 7:stä, ovella', 'haettiin •••, ovella'],
    ['Koivutie 7 B 12', 'asuu Koivutie 7 B 12:ssa nyt', 'asuu ••• nyt'],
    ['Koivutie 7 B 12', 'tavattiin koivutiellä.', 'tavattiin •••.'],
    ['Koivutie 7 B 12', 'Koivutien lapset', '••• lapset'],
    ['Koivutie 7 B 12', 'muutto Koivutieltä pois', 'muutto ••• pois'],
    ['Koivutie 7 B 12', 'Koivutiehen päin', '••• päin'],
    ['Koivutie 7 B 12', 'KOIVUTIE\n7b, as. 12 alhaalla', '••• alhaalla'],
    ['Koivutie 7', 'osoitteesta koivutie  7 pihalta.', 'osoitteesta ••• pihalta.'],
    ['Hämeenkatu 3', 'kävely Hämeenkadulla', 'kävely •••'],
    ['Hämeenkatu 3', 'Hämeenkatuun asti', '••• asti'],
    ['Kivimäki 1', 'Kivimäeltä haettiin', '••• haettiin'],
    ['Kivimäki 1', 'Kivimäkeen vietiin', '••• vietiin'],
    ['Iso Puistopolku 4 A', 'Iso Puistopolulla satoi', '••• satoi'],
    ['Björkvägen 7', 'på Björkvägens gård', 'på ••• gård'],
    ['Ojatie 12', 'kotiin Ojatielle', 'kotiin •••'],
    ['Kuja 12', 'Kuja 12:een', '•••'],
    ['Niittylä', 'Niittylässä oli', '••• oli'],
    ['c/o Virtanen, Koivutie 7', 'Virtasen luota Koivutieltä', 'Virtasen luota •••']
  ])('%s: %s', (street, told, left) => {
    expect(masked(told, street)).toBe(left)
    expect(tellsAddress(told, protectedStreets([profileOf(street)]))).toBe(true)
  })

  test.each([
    ['Koivutie 7', 'Koivuniemi kävi 7.11. ja koivut kasvoivat tien varrella'],
    ['Koivutie 7', 'Lapsi tuli vierestä: Visakoivutien koulu'],
    ['Kuja 12', 'kujalla leikittiin 12 minuuttia']
  ])('%s is not in: %s', (street, told) => {
    expect(masked(told, street)).toBe(told)
  })

  test('how to get in tells it too: whole, in parts and as the code alone; a year is no code', () => {
    const access = 'Ovikoodi 1234, soita ensin'
    expect(masked('haettiin Koivutie 7:stä, ovikoodi 1234', 'Koivutie 7 B 12', access)).toBe(
      'haettiin •••, •••'
    )
    expect(masked('Koodi on 1234.', 'Koivutie 7', access)).toBe('Koodi on •••.')
    expect(masked('Pyydettiin: soita ensin.', 'Koivutie 7', access)).toBe(
      'Pyydettiin: soita ensin.'
    )
    expect(masked('3.11.2026: leikittiin', 'Koivutie 7', 'koodi 2026')).toBe(
      '3.11.2026: leikittiin'
    )
  })

  test('an address that is not protected is anybody’s word', () => {
    const open = profileOf('Koivutie 7', 'Ovikoodi 1234')
    const told = { ...open, data: { ...open.data, addressProtected: undefined } } as Entry
    expect(protectedStreets([told])).toEqual([])
  })

  test('another home that is protected is kept as well', () => {
    const home = { street: 'Ojatie 3', access: 'Summeri 77 81', isProtected: true }
    const contact = { kind: 'contact', data: { home } } as unknown as Entry
    expect(maskAddresses('Ojatiellä, summeri 77 81', protectedStreets([contact]))).toBe('•••, •••')
  })
})
