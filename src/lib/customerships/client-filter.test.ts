import { expect, test } from 'vitest'
import type { CustomershipSummary } from '#contract/customership.ts'
import { filterClients, matchesName } from './client-filter.ts'

const client = (firstName: string, lastName: string, state = 'active') =>
  ({ firstName, lastName, state }) as CustomershipSummary

const clients = [
  client('Aino', 'Öberg'),
  client('Eeva-Liisa', 'Virtanen', 'ending'),
  client('Aino', 'Virtanen'),
  client('Åsa', 'Aalto')
]

test('any word of the name is found by its beginning, in any order', () => {
  expect(matchesName(clients[2]!, 'vir ai')).toBe(true)
  expect(matchesName(clients[1]!, 'LIISA')).toBe(true)
  expect(matchesName(clients[1]!, 'isa')).toBe(false)
  expect(matchesName(clients[0]!, '')).toBe(true)
})

test('rows stand in Finnish order, å ä ö last, and the state narrows them', () => {
  const names = (rows: CustomershipSummary[]) => rows.map((row) => row.lastName)
  expect(names(filterClients(clients, '', 'every'))).toEqual([
    'Aalto',
    'Virtanen',
    'Virtanen',
    'Öberg'
  ])
  expect(names(filterClients(clients, '', 'ending'))).toEqual(['Virtanen'])
})
