import { toMoment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import { recordStatement, type ProfileStatement } from '#contract/profile.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

export async function stateProfile(
  change: CustomershipChange,
  { based, data }: { based: number; data: ProfileStatement },
  by: UserId,
  now: number
): Promise<Refusal | null> {
  const [profile] = await change.entries({ kinds: ['profile'] })
  if (profile?.kind !== 'profile' || profile.revision !== based) return { code: 'conflict' }
  await change.put(
    'profile',
    profile.id,
    recordStatement(data, profile.data, by, toMoment(now)),
    by
  )
  return null
}
