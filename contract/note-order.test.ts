import { expect, test } from 'vitest'
import { byStanding } from './note-order.ts'

test('a signed version stands first, then one that is no fork, then the older', () => {
  const version = (id: string, data: { state: string; forkOf?: string }) => ({ id, data })
  const inOrder = [
    version('c', { state: 'signed' }),
    version('d', { state: 'signed' }),
    version('a', { state: 'signed', forkOf: 'c' }),
    version('e', { state: 'draft' }),
    version('f', { state: 'draft' }),
    version('b', { state: 'draft', forkOf: 'e' })
  ]
  for (const [index, one] of inOrder.entries())
    for (const other of inOrder.slice(index + 1)) {
      expect([one, other].sort(byStanding)).toEqual([one, other])
      expect([other, one].sort(byStanding)).toEqual([one, other])
    }
})
