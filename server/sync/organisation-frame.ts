import type { Organisation } from '#contract/settings.ts'
import type { FrameOf } from '#contract/pull.ts'
import type { Store } from '#server/store/store.ts'

/** What a tablet holds of the organisation: no settings that only the office needs. */
export async function organisationFrame(
  store: Store,
  revision: number,
  organisation: Organisation
): Promise<FrameOf<'organisation'>> {
  const { controller, contactPerson, organisers, products, templates } = organisation
  const { rules = [], notice, socialEmergencyPhone, mapLink } = organisation
  const phone = contactPerson.phone ?? controller.phone
  const users = await store.users.list()
  return {
    frame: 'organisation',
    revision,
    name: controller.name,
    ...(phone ? { phone } : {}),
    ...(socialEmergencyPhone ? { socialEmergencyPhone } : {}),
    ...(mapLink ? { mapLink } : {}),
    organisers,
    products,
    templates,
    rules,
    notice,
    people: users.map(({ id, displayName }) => ({ id, displayName }))
  }
}
