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
