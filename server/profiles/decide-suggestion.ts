import type { SuggestionDecision } from '#contract/customership.ts'
import { toMoment } from '#contract/day.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Suggestion } from '#contract/suggestion.ts'
import { profileSchema } from '#contract/profile.ts'
import { typedToStored } from '#contract/profile-value.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/** What a worker proposed goes into the profile with its source, or is declined; either way its author sees the end of it. */
export async function decideSuggestion(
  change: CustomershipChange,
  id: EntryId,
  { based, decision, value, word }: SuggestionDecision,
  by: UserId,
  now: number
): Promise<Refusal | null> {
  const suggestion = await change.entry('suggestion', id)
  if (!suggestion) return { code: 'not-found' }
  if (suggestion.revision !== based || suggestion.data.state !== 'open') return { code: 'conflict' }
  const refusal =
    decision === 'accept' ? await accept(change, suggestion.data, value, { by, now }) : null
  if (refusal) return refusal
  const decided = {
    ...suggestion.data,
    state: decision === 'accept' ? 'accepted' : 'declined',
    decidedBy: by,
    decidedAt: toMoment(now),
    ...(word === undefined ? {} : { word })
  } as const
  await change.put('suggestion', id, decided, by)
  return null
}

/** §9: the value keeps where it came from; recorded by who accepted it. */
async function accept(
  change: CustomershipChange,
  { field, value, source }: Suggestion,
  corrected: string | undefined,
  { by, now }: { by: UserId; now: number }
): Promise<Refusal | null> {
  const [profile] = await change.entries({ kinds: ['profile'] })
  if (profile?.kind !== 'profile') return { code: 'conflict' }
  const stored = typedToStored(field, corrected ?? value)
  const record = { value: stored, source, by, at: toMoment(now) }
  const parsed = profileSchema.safeParse({ ...profile.data, [field]: record })
  if (!parsed.success)
    return { code: 'invalid', issues: [{ path: ['value', field], code: 'invalid' }] }
  await change.put('profile', profile.id, parsed.data, by)
  return null
}
