import type { Organisation } from '#contract/organisation.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'

export const organisers = [
  { id: 'ruskorannan-hyvinvointialue', name: 'Ruskorannan hyvinvointialue' },
  { id: 'lehtosaaren-kaupunki', name: 'Lehtosaaren kaupunki' }
] as const

const standard = standardOrganisation({
  name: 'Kotipesä Perhepalvelut Oy',
  businessId: '9812345-4',
  phone: '+358400000100',
  organiser: organisers[0].name
})

/** An invented provider; no such business id has been given. */
export const provider: Organisation = {
  ...standard,
  controller: {
    ...standard.controller,
    address: 'Käpytie 3, 20990 Ruskoranta',
    email: 'toimisto@kotipesa.example'
  },
  contactPerson: {
    name: 'Riitta Kallionpää',
    phone: '+358400000101',
    email: 'riitta.kallionpaa@kotipesa.example'
  },
  protectionOfficer: { name: 'Henrik Söderlund', email: 'tietosuoja@kotipesa.example' },
  processor: { name: 'Kotipesä Perhepalvelut Oy', businessId: '9812345-4' },
  organisers: [...organisers]
}
