import { expect, test } from 'vitest'
import type { UserId } from '#contract/id.ts'
import type { WireEntry } from '#contract/pull.ts'
import { faceOf } from './face.ts'
import { nearTo } from './near.ts'

const profile = (data: Record<string, { value: string }>) =>
  ({ id: 'profile', kind: 'profile', revision: 1, data }) as unknown as WireEntry
const face = (data: Record<string, { value: string }>) =>
  faceOf([profile(data)], 'helmi' as UserId, nearTo(Date.parse('2026-11-22T10:00:00Z')))

test('§8 the face of a client with a protected address tells nothing of where they live', () => {
  const data = { firstName: { value: 'Aino' }, town: { value: 'Kätkölänkylä' } }
  expect(face(data).town).toBe('Kätkölänkylä')
  expect(face({ ...data, addressProtected: { value: 'no' } }).town).toBe('Kätkölänkylä')
  const hidden = face({ ...data, addressProtected: { value: 'yes' } })
  expect(hidden.firstName).toBe('Aino')
  expect(JSON.stringify(hidden)).not.toContain('Kätkölänkylä')
})

test('§6 a face says what is granted and for which days, and nothing more of it', () => {
  const decision = (id: string, data: object) =>
    ({ id, kind: 'decision', revision: 1, data }) as unknown as WireEntry
  const days = { from: '2026-01-01', until: '2026-12-31' }
  const granted = { ...days, product: 'home-service', goals: ['Arki'], grantedMinutes: 600 }
  const { decisions } = faceOf(
    [decision('a', granted), decision('left out by the view', days)],
    'helmi' as UserId,
    nearTo(Date.parse('2026-11-22T10:00:00Z'))
  )
  expect(decisions).toEqual([{ id: 'a', product: 'home-service', ...days }])
})
