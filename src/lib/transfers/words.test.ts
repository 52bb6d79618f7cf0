import { expect, test } from 'vitest'
import { learn } from '#lib/i18n/language.svelte.ts'
import { transferLine as line } from '#tests/support/transfer-line.ts'
import { alarmName } from './words.ts'

test('of an event in a file it is said that nobody has told whether the portal took it, of a draft that it lies there', async () => {
  await learn('office')
  expect(alarmName(line(1, { state: 'exported' }), 'draft-left')).toBe(
    'Viety tiedostoon, portaalin vastaanotto kuittaamatta'
  )
  expect(alarmName(line(1, { state: 'draft' }), 'draft-left')).toBe(
    'Jäänyt luonnokseksi portaaliin'
  )
})
