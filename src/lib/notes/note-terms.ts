import { entriesOf, type Entry } from '#contract/entry.ts'
import type { OrganisationOnTablet } from '#contract/organisation.ts'
import { dayOfVisit, isPermitType, permitOn } from '#contract/permit.ts'
import type { Visit } from '#contract/visit.ts'
import { formatDay } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'

/** What a note's fields go by beside their template: the plan's goals, the permits of that day, whom to call. */
export interface NoteTerms {
  readonly goals: readonly string[]
  /** Why a field under this permit is not there to fill, in words; null when it is. */
  readonly barred: (permit: string) => string | null
  readonly phones: Phones
}

export type Phones = Pick<OrganisationOnTablet, 'phone' | 'socialEmergencyPhone'>

/** §12: the permits are those scanned for this customership, on the day of the visit. */
export function noteTerms(
  entries: readonly Entry[],
  visit: Pick<Visit, 'startedAt' | 'plannedStart' | 'decision'>,
  phones: Phones
): NoteTerms {
  const documents = entriesOf(entries, 'document').map(({ data }) => data)
  const decision = entriesOf(entries, 'decision').find(({ id }) => id === visit.decision)
  const day = dayOfVisit(visit)
  return {
    goals: decision?.data.goals ?? [],
    phones,
    barred(permit) {
      if (!isPermitType(permit) || day === null) return say('permit.unknown')
      const standing = permitOn(documents, permit, day)
      if (standing.is === 'valid') return null
      if (standing.is === 'none') return say(`permit.none.${permit}`)
      return say(`permit.${standing.is}.${permit}`, { day: formatDay(standing.day) })
    }
  }
}
