import type { Entry } from '#contract/entry.ts'
import type { UserId } from '#contract/id.ts'
import type { ProfileField } from '#contract/profile.ts'
import { formatDateTime } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'
import { mergeForms } from './merge-forms.ts'
import { profileToForm, type ProfileForm, type StatedText } from './profile-form.ts'

/** Two texts of one field: this person's, and what another saved meanwhile. */
export interface ProfileClash {
  readonly mine: StatedText
  readonly theirs: StatedText
  /** Who saved it, and when. */
  readonly by: string
}
export type ProfileClashes = Partial<Record<ProfileField, ProfileClash>>

/** The form over a newer profile: nothing typed is lost, nothing that another saved goes unseen. */
export function overNewer(
  mine: ProfileForm,
  begun: Entry<'profile'>,
  newer: Entry<'profile'>,
  personName: (id: UserId) => string
): { form: ProfileForm; adopted: ProfileField[]; clashes: ProfileClashes } {
  const theirs = profileToForm(newer.data)
  const { form, adopted, clashing } = mergeForms(mine, profileToForm(begun.data), theirs)
  const clashes: ProfileClashes = {}
  for (const field of clashing) {
    // Of what was taken away, the profile itself tells who did it.
    const { by, at } = newer.data[field] ?? newer
    clashes[field] = {
      mine: { ...mine[field] },
      theirs: theirs[field],
      by: say('conflict.theirs', { name: personName(by), at: formatDateTime(at) })
    }
  }
  return { form, adopted, clashes }
}
