import { expect, test } from 'vitest'
import type { UserId } from '#contract/id.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import { learn } from './language.svelte.ts'
import { writerName } from './writers.ts'

const helmi = 'helmi' as UserId
const people = [{ id: helmi, displayName: 'Helmi' }] as unknown as OrganisationOnTablet['people']

test('a colleague is told by name; who has left, or is not known yet, as another worker', async () => {
  await learn('visits')
  expect(writerName({ people }, helmi)).toBe('Helmi')
  expect(writerName({ people }, 'gone' as UserId)).toBe('Toinen työntekijä')
  expect(writerName(null, helmi)).toBe('Toinen työntekijä')
})
