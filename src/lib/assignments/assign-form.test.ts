import { expect, test } from 'vitest'
import type { EntryId } from '#contract/id.ts'
import { readAssignForm } from './assign-form.ts'

const form = {
  id: '01890000-0000-7000-8000-000000000001' as EntryId,
  based: null,
  worker: '01890000-0000-7000-8000-000000000002',
  from: '2026-11-22',
  until: '',
  substituteFor: '',
  tasks: { care: true, documents: false }
}

test('an empty last day means until the customership ends', () => {
  expect(readAssignForm(form).read?.data).toEqual({
    worker: form.worker,
    from: '2026-11-22',
    tasks: ['care']
  })
})

test('a worker without a task, or a last day before the first, is refused by field', () => {
  expect(readAssignForm({ ...form, tasks: {} }).wrong).toEqual({ tasks: 'wrong.tasks' })
  expect(readAssignForm({ ...form, until: '2026-11-01' }).wrong).toEqual({ until: 'wrong.order' })
})

test('a substitute has a last day, so that the time ends by itself', () => {
  const substitute = { ...form, substituteFor: '01890000-0000-7000-8000-000000000003' }
  expect(readAssignForm(substitute).wrong).toEqual({ until: 'wrong.day' })
  expect(readAssignForm({ ...substitute, until: '2026-11-22' }).read?.data).toMatchObject({
    until: '2026-11-22',
    substituteFor: substitute.substituteFor
  })
})
