import { expect, test } from 'vitest'
import { emptyDocumentForm, readDocumentForm } from './document-form.ts'

const form = { ...emptyDocumentForm(), type: 'transport-permit' as const }

test('what is left empty is not said', () => {
  expect(readDocumentForm({ ...form, title: '  ' }).read).toEqual({
    type: 'transport-permit',
    original: 'at-office'
  })
})

test('a kind must be chosen, and a validity may not end before it begins', () => {
  expect(readDocumentForm(emptyDocumentForm()).wrong).toEqual({ type: 'wrong.required' })
  const upsideDown = { ...form, validFrom: '2026-12-02', validUntil: '2026-12-01' }
  expect(readDocumentForm(upsideDown).wrong).toEqual({ validUntil: 'wrong.order' })
  expect(readDocumentForm({ ...form, title: 'x'.repeat(121) }).wrong).toEqual({
    title: 'wrong.long'
  })
})
