import type { CustomershipId } from '#contract/id.ts'
import { say } from '#lib/i18n/say.ts'
import { findName, otherNames, type PersonNames } from '#lib/notes/other-names.ts'

/**
 * §8: what a worker gives as a reason stands in the customership that it is about. Where it names another
 * of the siblings, and in the others' customerships, only that their time was divided otherwise is said.
 */

type Present = PersonNames & { readonly id: CustomershipId }

/** The reason as it may stand in that customership. */
export function reasonOf(present: readonly Present[], id: CustomershipId, why: string): string {
  const own = present.find((one) => one.id === id)
  const others = present.filter((one) => one !== own)
  const names = own ? otherNames(own, others) : []
  return findName(why, names) ? dividedAnew(why) : why
}

/** For those whom the reason is not about; where none was asked there is none. */
export const dividedAnew = (why: string): string =>
  why.trim() === '' ? '' : say('siblings.dividedAnew')
