import { daySchema } from '#contract/day-shape.ts'
import {
  portalProductSchema,
  termsFor,
  transferTermsSchema,
  type PortalProduct,
  type TransferSettings,
  type TransferTerms
} from '#contract/transfer-terms.ts'

/** What is typed of one organiser's terms. */
export interface TermsForm {
  settlementDay: string
  purchasedThrough: string
  providerUnit: string
}

export function termsToForm(settings: TransferSettings, organiser: string): TermsForm {
  const { settlementDay, purchasedThrough, providerUnit = '' } = termsFor(settings, organiser)
  return { settlementDay: String(settlementDay), purchasedThrough, providerUnit }
}

export function readTerms(organiser: string, form: TermsForm): TransferTerms | null {
  const unit = form.providerUnit.trim()
  const read = transferTermsSchema.safeParse({
    organiser,
    settlementDay: Number(form.settlementDay),
    purchasedThrough: form.purchasedThrough,
    ...(unit === '' ? {} : { providerUnit: unit })
  })
  return read.success ? read.data : null
}

/** What is typed of a product as one portal has it. */
export interface ProductForm {
  product: string
  code: string
  from: string
  unit: string
  price: string
}

export const emptyProduct = (from: string): ProductForm => ({
  product: '',
  code: '',
  from,
  unit: 'hour',
  price: ''
})

/** `42,50` in whole cents; empty is no price; null is not a price. */
export function centsOf(text: string): number | undefined | null {
  const bare = text.replaceAll(/[\s\u00a0€]/g, '').replace(',', '.')
  if (bare === '') return undefined
  if (!/^\d{1,4}(\.\d{1,2})?$/.test(bare)) return null
  const [euros = '0', cents = ''] = bare.split('.')
  return Number(euros) * 100 + Number(cents.padEnd(2, '0'))
}

export type WrongProduct = Partial<Record<keyof ProductForm, true>>

export function readProduct(
  organiser: string,
  form: ProductForm
): { readonly read: PortalProduct } | { readonly wrong: WrongProduct } {
  const priceCents = centsOf(form.price)
  const wrong: WrongProduct = {
    ...(form.product === '' ? { product: true } : {}),
    ...(form.code.trim() === '' ? { code: true } : {}),
    ...(daySchema.safeParse(form.from).success ? {} : { from: true }),
    ...(priceCents === null ? { price: true } : {})
  }
  if (Object.keys(wrong).length > 0 || priceCents === null) return { wrong }
  const read = portalProductSchema.safeParse({
    organiser,
    product: form.product,
    from: form.from,
    code: form.code.trim(),
    unit: form.unit,
    ...(priceCents === undefined ? {} : { priceCents })
  })
  return read.success ? { read: read.data } : { wrong: { code: true } }
}
