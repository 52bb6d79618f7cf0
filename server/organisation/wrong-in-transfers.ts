import type { Issue } from '#contract/problem.ts'
import type { Organisation } from '#contract/settings.ts'
import type { TransferSettings } from '#contract/transfer-terms.ts'

/** Each named thing is there, and none is said twice. */
export function wrongInTransfers(
  { organisers, products }: Pick<Organisation, 'organisers' | 'products'>,
  { terms, products: portal, profiles }: TransferSettings
): Issue[] {
  const isOrganiser = (id: string) => organisers.some((one) => one.id === id)
  const isProduct = (id: string) => products.some((one) => one.id === id)
  return [
    ...terms.flatMap((one, index) =>
      isOrganiser(one.organiser) ? [] : [{ path: ['terms', index, 'organiser'], code: 'unknown' }]
    ),
    ...portal.flatMap((one, index) => [
      ...(isOrganiser(one.organiser)
        ? []
        : [{ path: ['products', index, 'organiser'], code: 'unknown' }]),
      ...(isProduct(one.product) ? [] : [{ path: ['products', index, 'product'], code: 'unknown' }])
    ]),
    ...saidTwice(
      terms.map(({ organiser }) => organiser),
      'terms',
      'organiser'
    ),
    ...saidTwice(
      portal.map(({ organiser, product, from }) => `${organiser}/${product}/${from}`),
      'products',
      'from'
    ),
    ...saidTwice(
      profiles.map(({ id }) => id),
      'profiles',
      'id'
    )
  ]
}

function saidTwice(names: readonly string[], list: string, field: string): Issue[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ path: [list, index, field], code: 'taken' }]
  )
}
