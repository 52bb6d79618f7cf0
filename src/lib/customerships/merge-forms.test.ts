import { expect, test } from 'vitest'
import { mergeForms } from './merge-forms.ts'

const stated = (value: string, source = 'client') => ({ value, source })

test('a field that only somebody else changed is brought in, one that both changed is left to choose', () => {
  const begun = { phone: stated('040 1'), pets: stated('Koira'), needs: stated('') }
  const mine = { ...begun, phone: stated('040 2'), needs: stated('Kuulolaite') }
  const newer = { ...begun, phone: stated('040 3'), pets: stated('Kissa') }
  expect(mergeForms(mine, begun, newer)).toEqual({
    form: { phone: stated('040 2'), pets: stated('Kissa'), needs: stated('Kuulolaite') },
    adopted: ['pets'],
    clashing: ['phone']
  })
})

test('the same correction by two people is no clash, and another source is one', () => {
  const begun = { phone: stated('040 1'), email: stated('a@b.fi') }
  const mine = { phone: stated('040 2'), email: stated('a@c.fi') }
  const newer = { phone: stated('040 2'), email: stated('a@c.fi', 'organiser') }
  expect(mergeForms(mine, begun, newer).clashing).toEqual(['email'])
})
