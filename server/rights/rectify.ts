import { contactSchema } from '#contract/contact.ts'
import { toMoment } from '#contract/day.ts'
import type { Note } from '#contract/note.ts'
import { profileFields, profileSchema, type Profile, type ProfileField } from '#contract/profile.ts'
import { isValueOf, typedToStored } from '#contract/profile-value.ts'
import { hasProtectedAddress, isAddressField } from '#contract/protected-address.ts'
import { phoneToStored } from '#contract/phone.ts'
import type { Rectified } from '#contract/rights-request.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { fitsTemplate } from '#server/notes/fits-template.ts'
import { putNote } from '#server/notes/put-note.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { ofClient, refused, type Acting, type ClientRequest, type Done } from './one-request.ts'

type Corrected = Omit<Rectified, 'by' | 'at' | 'reason'>

/** GDPR Art. 16: a field of the profile; what stood there, and why it does no longer, is kept with the request. */
export const rectifyProfile = ofClient<'rectify-profile'>((one, act, acting) =>
  rectify(one, act.reason, acting, async (change) => {
    const field = profileFields.find((each) => each === act.field)
    if (!field) return refused('field', 'unknown')
    const value = typedToStored(field, act.value)
    if (!isValueOf(field, value)) return refused('value', 'invalid')
    const [profile] = await change.ofKind('profile')
    if (profile?.revision !== act.based) return { code: 'conflict' }
    const former = formerOf(profile.data, field)
    if (profile.data[field]?.value === value) return refused('value', 'same')
    const { by, at } = acting
    const next = profileSchema.parse({
      ...profile.data,
      [field]: { value, source: 'client', by, at }
    })
    await change.put('profile', profile.id, next, by)
    return { what: 'profile', target: field, ...former }
  })
)

/** §8: an address under turvakielto is not repeated where it is not shown. */
function formerOf(profile: Profile, field: ProfileField): { former?: string } {
  const former = profile[field]?.value
  if (former === undefined || (hasProtectedAddress(profile) && isAddressField(field))) return {}
  return { former }
}

export const rectifyContact = ofClient<'rectify-contact'>((one, act, acting) =>
  rectify(one, act.reason, acting, async (change) => {
    const contact = await change.entry('contact', act.contact)
    if (!contact) return refused('contact', 'unknown')
    if (contact.revision !== act.based) return { code: 'conflict' }
    const value = act.field === 'phone' ? phoneToStored(act.value.trim()) : act.value.trim()
    const next = contactSchema.safeParse({ ...contact.data, [act.field]: value })
    if (!next.success) return refused('value', 'invalid')
    const former = contact.data[act.field]
    if (former === value) return refused('value', 'same')
    await change.put('contact', contact.id, next.data, acting.by)
    return { what: 'contact', target: contact.id, ...(former === undefined ? {} : { former }) }
  })
)

/**
 * 703/2023: the signed note stays, and the correction stands beside it with who, when and why. Its author
 * stays the author of the visit's words; who signs the correction answers for it.
 */
export const rectifyNote = ofClient<'rectify-note'>((one, act, acting) =>
  rectify(one, act.reason, acting, async (change) => {
    const named = await change.entry('note', act.amends)
    const root = named?.data.amends
    const original = root ? await change.entry('note', root) : named
    if (original?.data.state !== 'signed') return refused('amends', 'unknown')
    if (await change.isNamed(act.note)) return { code: 'conflict' }
    const { organisation } = await requireOrganisation(one.store)
    const { visit, template, templateVersion, author } = original.data
    const writing = { note: act.note, visit, template, templateVersion, fields: act.fields }
    if (!fitsTemplate(organisation.templates, writing, 'draft')) return refused('fields', 'invalid')
    const { by, now } = acting
    const writtenAt = toMoment(now)
    const data: Note = {
      ...{ visit, template, templateVersion, fields: act.fields, author, state: 'signed' },
      ...{ writtenAt, signedAt: writtenAt, amends: original.id, reason: act.reason },
      ...(by === author ? {} : { recordedBy: [{ by, since: change.revision }], signedBy: by })
    }
    await putNote(change, act.note, data, organisation, by)
    return { what: 'note', target: original.id }
  })
)

async function rectify(
  { tx, id, request, work }: ClientRequest,
  reason: string,
  { by, at }: Acting,
  correct: (change: CustomershipChange) => Promise<Corrected | Refusal>
): Promise<Done | Refusal> {
  if (request.kind !== 'rectification' || work.answer) return { code: 'conflict' }
  const changed = await tx.change(id, correct, { alsoClosed: true })
  if ('restrictedOn' in changed) return { code: 'restricted' }
  if (!('value' in changed)) return { code: 'not-found' }
  if ('code' in changed.value) return changed.value
  const rectified = [...work.rectified, { by, at, reason, ...changed.value }]
  return { work: { ...work, rectified } }
}
