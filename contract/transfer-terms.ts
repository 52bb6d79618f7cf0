import * as z from 'zod/mini'
import { daySchema } from './day-shape.ts'
import type { Day } from './day.ts'
import type { Decision } from './decision.ts'
import { exportProfileSchema } from './export-profile.ts'
import { settingIdSchema } from './id.ts'
import { transferChannelSchema, type TransferChannelName } from './service-event.ts'
import { saidSchema } from './text.ts'

/** What an organiser has settled with the provider about its portal. */
export const transferTermsSchema = z.strictObject({
  organiser: settingIdSchema,
  /** Tilityspäivä: the day of the next month on which a month is settled. */
  settlementDay: z.int().check(z.minimum(4), z.maximum(8)),
  /** Through which portal purchased services are told; vouchers go through PSOP everywhere. */
  purchasedThrough: transferChannelSchema,
  /** Palveluntuottajaosa: the unit of the provider that the portal asks for. */
  providerUnit: z.optional(saidSchema(120))
})
export type TransferTerms = z.infer<typeof transferTermsSchema>

/** What the portal calls a product, and what an hour or a visit of it costs from that day on. */
export const portalProductSchema = z.strictObject({
  organiser: settingIdSchema,
  product: settingIdSchema,
  from: daySchema,
  /** Sisältö: as the portal writes it. */
  code: saidSchema(60),
  unit: z.enum(['hour', 'visit']),
  priceCents: z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000)))
})
export type PortalProduct = z.infer<typeof portalProductSchema>

export const transferSettingsSchema = z.strictObject({
  terms: z.array(transferTermsSchema).check(z.maxLength(200)),
  products: z.array(portalProductSchema).check(z.maxLength(1000)),
  profiles: z.array(exportProfileSchema).check(z.maxLength(50))
})
export type TransferSettings = z.infer<typeof transferSettingsSchema>

export const noTransferSettings: TransferSettings = { terms: [], products: [], profiles: [] }

/** The earliest settlement day that organisers have: who is not told otherwise is ready by then. */
const defaultSettlementDay = 4

export function termsFor({ terms }: TransferSettings, organiser: string): TransferTerms {
  const found = terms.find((one) => one.organiser === organiser)
  return (
    found ?? { organiser, settlementDay: defaultSettlementDay, purchasedThrough: 'palse' as const }
  )
}

/** Null: whoever pays for the service tells nobody of it through a portal. */
export function channelOf(
  { funding, organiser }: Pick<Decision, 'funding' | 'organiser'>,
  settings: TransferSettings
): TransferChannelName | null {
  if (funding === 'direct') return null
  return funding === 'voucher' ? 'psop' : termsFor(settings, organiser).purchasedThrough
}

/** The newest that was in force on the day of the visit. */
export function portalProductFor(
  { products }: TransferSettings,
  organiser: string,
  product: string,
  day: Day
): PortalProduct | undefined {
  const inForce = products.filter(
    (one) => one.organiser === organiser && one.product === product && one.from <= day
  )
  return inForce.sort((one, other) => other.from.localeCompare(one.from))[0]
}
