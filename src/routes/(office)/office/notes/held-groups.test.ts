import { expect, test } from 'vitest'
import type { NoteFeed } from '#contract/office.ts'
import { heldGroups } from './held-groups.ts'

const line = (id: string, customership: string | null, author: string) =>
  ({
    id,
    customership,
    author,
    name: customership && 'Aino',
    op: null,
    code: 'late'
  }) as unknown as NoteFeed['awaiting'][number]

test('what one person wrote of one client stands together, and what speaks of nobody stands alone', () => {
  const lines = [line('1', 'a', 'x'), line('2', 'b', 'x'), line('3', 'a', 'x'), line('4', 'a', 'y')]
  const strays = [line('5', null, 'x'), line('6', null, 'x')]
  const groups = heldGroups([...lines, ...strays]).map((group) => group.lines.map(({ id }) => id))
  expect(groups).toEqual([['1', '3'], ['2'], ['4'], ['5'], ['6']])
})
