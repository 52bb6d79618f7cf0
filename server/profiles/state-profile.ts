import { toMoment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import { recordStatement, type Profile, type ProfileStatement } from '#contract/profile.ts'
import { addressFields, hasProtectedAddress } from '#contract/protected-address.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

interface Stated {
  readonly based: number
  readonly data: ProfileStatement
  readonly addressUnseen?: true | undefined
}

export async function stateProfile(
  change: CustomershipChange,
  { based, data, addressUnseen }: Stated,
  by: UserId,
  now: number
): Promise<Refusal | null> {
  const [profile] = await change.entries({ kinds: ['profile'] })
  if (profile?.kind !== 'profile' || profile.revision !== based) return { code: 'conflict' }
  const refusal = addressUnseen ? requireUnseen(profile.data, data) : null
  if (refusal) return refusal
  const recorded = recordStatement(data, profile.data, by, toMoment(now))
  const kept = addressUnseen ? addressIn(profile.data) : {}
  await change.put('profile', profile.id, { ...recorded, ...kept }, by)
  return null
}

/** What was not shown can neither be replaced nor, by lifting its protection, be brought to light. */
function requireUnseen(former: Profile, data: ProfileStatement): Refusal | null {
  if (!hasProtectedAddress(former)) return { code: 'conflict' }
  const touched = addressFields.filter((field) => data[field])
  const unseen = [
    ...touched,
    ...(data.addressProtected?.value === 'yes' ? [] : ['addressProtected'])
  ]
  if (unseen.length === 0) return null
  return {
    code: 'invalid',
    issues: unseen.map((field) => ({ path: ['data', field], code: 'unseen' }))
  }
}

function addressIn({ street, postalCode, town, access }: Profile): Partial<Profile> {
  return {
    ...(street && { street }),
    ...(postalCode && { postalCode }),
    ...(town && { town }),
    ...(access && { access })
  }
}
