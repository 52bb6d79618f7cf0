import { expect, test } from 'vitest'
import { organisationSchema } from '#contract/settings.ts'
import { settingIdOf, standardOrganisation } from './standard.ts'

const organisation = standardOrganisation({
  name: 'Kotipesä Perhepalvelut Oy',
  businessId: '9812345-4',
  organiser: 'Ruskorannan hyvinvointialue'
})

test('a new register starts with an organisation that its own schema accepts', () => {
  expect(organisationSchema.parse(organisation)).toEqual(organisation)
})

test('§8 every product has a template that separates facts, views and judgement', () => {
  expect(organisation.products).toHaveLength(7)
  for (const product of organisation.products) {
    const template = organisation.templates.find(({ id }) => id === product.template)
    const ids = template?.fields.map(({ id }) => id) ?? []
    expect(ids).toEqual(
      expect.arrayContaining([
        'done',
        'observations',
        'client-view',
        'child-view',
        'assessment',
        'agreed'
      ])
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(template?.fields.find(({ id }) => id === 'concern')?.alert).toBe(true)
  }
})

test('a template begins with what is ticked', () => {
  for (const { fields } of organisation.templates) expect(fields[0]?.form).toBe('ticks')
})

test.for([
  ['Varsinais-Suomen hyvinvointialue', 'varsinais-suomen-hyvinvointialue'],
  ['  Åbo & Ärla ', 'abo-arla'],
  ['—', 'organiser']
] as const)('an organiser named %s has the id %s', ([name, id]) => {
  expect(settingIdOf(name)).toBe(id)
})
