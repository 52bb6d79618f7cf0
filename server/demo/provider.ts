import type { Day } from '#contract/day.ts'
import { standardProfile } from '#contract/export-profile.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'
import type { Organisation } from '#contract/settings.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'

export const organisers = [
  { id: 'ruskorannan-hyvinvointialue', name: 'Ruskorannan hyvinvointialue' },
  { id: 'lehtosaaren-kaupunki', name: 'Lehtosaaren kaupunki' }
] as const

const each = { cancelNoticeHours: 24, cancelBillable: true, shared: 'each' } as const

/** Two organisers that count differently; the first has changed its mind once, and about one product. */
const rules: OrganiserRule[] = [
  {
    ...each,
    organiser: organisers[0].id,
    from: '2024-01-01' as Day,
    roundingMinutes: 30,
    roundingMode: 'up',
    minBillableMinutes: 60
  },
  {
    ...each,
    organiser: organisers[0].id,
    from: '2026-01-01' as Day,
    roundingMinutes: 15,
    roundingMode: 'nearest',
    minBillableMinutes: 60
  },
  {
    ...each,
    organiser: organisers[0].id,
    product: 'supervised-meeting',
    from: '2026-01-01' as Day,
    roundingMinutes: 15,
    roundingMode: 'up',
    minBillableMinutes: 60
  },
  {
    organiser: organisers[1].id,
    from: '2025-08-01' as Day,
    roundingMinutes: 15,
    roundingMode: 'nearest',
    minBillableMinutes: 30,
    cancelNoticeHours: 12,
    cancelBillable: false,
    shared: 'once'
  }
]

const standard = standardOrganisation({
  name: 'Kotipesä Perhepalvelut Oy',
  businessId: '9812345-4',
  phone: '+358400000100',
  organiser: organisers[0].name
})

/** What the invented organisers pay an hour of each product, in cents. */
const prices: Readonly<Record<string, number>> = {
  'home-service': 4250,
  'family-work': 5890,
  'support-person': 3975,
  'childcare-help': 3640,
  'supervised-meeting': 6420
}

const transfers: TransferSettings = {
  terms: [
    {
      organiser: organisers[0].id,
      settlementDay: 6,
      purchasedThrough: 'psop',
      providerUnit: 'Kotipesä, Ruskoranta'
    },
    { organiser: organisers[1].id, settlementDay: 4, purchasedThrough: 'palse' }
  ],
  products: organisers.flatMap(({ id: organiser }) =>
    standard.products.map(({ id: product, title }) => ({
      organiser,
      product,
      from: '2024-01-01' as Day,
      code: title.fi,
      unit: 'hour' as const,
      priceCents: prices[product] ?? 4500
    }))
  ),
  profiles: [standardProfile]
}

/** An invented provider; no such business id has been given. */
export const provider: Organisation = {
  ...standard,
  socialEmergencyPhone: '+358400000102',
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
  organisers: [...organisers],
  rules,
  transfers
}
