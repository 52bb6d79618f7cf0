import { toMilliseconds, toMoment, dayAt } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import {
  incidentIdSchema,
  type IncidentId,
  type IncidentRecord,
  type IncidentRequest
} from '#contract/incident.ts'
import type { Issue, ProblemCode } from '#contract/problem.ts'
import { readClientNames } from '#server/access/client-names.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import type { Store } from '#server/store/store.ts'

interface IncidentParts {
  readonly store: Store
  readonly clock: Clock
}

export type Written =
  | { readonly id: IncidentId; readonly revision: number }
  | { readonly code: ProblemCode; readonly issues?: Issue[] }

/** GDPR Art. 33: from the moment that it is registered, its clock runs. */
export function registerIncident(
  parts: IncidentParts,
  asked: IncidentRequest,
  user: SignedIn
): Promise<Written> {
  const { store, clock } = parts
  return store.register.transact(async () => {
    const issues = await wrongIn(parts, asked, user, [])
    if (issues.length > 0) return { code: 'invalid', issues }
    const id = incidentIdSchema.parse(newUuidV4())
    const registered = { registeredBy: user.id, registeredAt: toMoment(clock.now()), steps: [] }
    await store.incidents.add(id, { ...(await withControllers(store, asked)), ...registered })
    await recordNamed(parts, user, asked.customerships)
    return { id, revision: 1 }
  })
}

/** What is told of it may be completed while it is open; what was done about it stands. */
export function changeIncident(
  parts: IncidentParts,
  id: IncidentId,
  { based, ...asked }: IncidentRequest & { based: number },
  user: SignedIn
): Promise<Written> {
  const { store } = parts
  return store.register.transact(async () => {
    const found = await store.incidents.find(id)
    if (!found) return { code: 'not-found' }
    const { record } = found
    const issues = await wrongIn(parts, asked, user, record.customerships)
    if (issues.length > 0) return { code: 'invalid', issues }
    if (record.steps.at(-1)?.step.step === 'closed') return { code: 'conflict' }
    const next = { ...record, ...(await withControllers(store, asked)) }
    const revision = await store.incidents.replace(id, based, next)
    if (revision === null) return { code: 'conflict' }
    const added = asked.customerships.filter((one) => !record.customerships.includes(one))
    await recordNamed(parts, user, added)
    return { id, revision }
  })
}

/** `known`: named before, and perhaps deleted since; ids stay as logs keep them. */
async function wrongIn(
  { store, clock }: IncidentParts,
  asked: IncidentRequest,
  user: SignedIn,
  known: readonly CustomershipId[]
): Promise<Issue[]> {
  const now = clock.now()
  const wrong = (path: string, code: string): Issue => ({ path: [path], code })
  const added = asked.customerships.filter((one) => !known.includes(one))
  const names = await readClientNames(store, user, added, now)
  const { organisation } = await store.organisation.read()
  const isOrganiser = (id: string) => organisation?.organisers.some((one) => one.id === id) ?? false
  const { happened } = asked
  const last = happened?.until ?? happened?.from
  return [
    ...(toMilliseconds(asked.noticedAt) > now ? [wrong('noticedAt', 'future')] : []),
    ...(last && last > dayAt(now) ? [wrong('happened', 'future')] : []),
    ...(happened?.until && happened.until < happened.from ? [wrong('happened', 'backwards')] : []),
    ...(added.every((one) => names.has(one)) ? [] : [wrong('customerships', 'unknown')]),
    ...(asked.organisers.every(isOrganiser) ? [] : [wrong('organisers', 'unknown')])
  ]
}

/**
 * Art. 33(2): whose data it is, the decisions of the customerships say, and nobody need remember: an
 * organiser that is controller of one of them must be told, and the provider answers for its own.
 */
async function withControllers(store: Store, asked: IncidentRequest): Promise<IncidentRequest> {
  const read = await store.register.readEach(asked.customerships, async (reader) =>
    (await reader.ofKind('decision')).map(({ data }) => data)
  )
  const decisions = [...read.values()].flat()
  const theirs = decisions.flatMap(({ controller, organiser }) =>
    controller === 'organiser' ? organiser : []
  )
  return {
    ...asked,
    organisers: [...new Set([...asked.organisers, ...theirs])],
    isOwn: asked.isOwn || decisions.some(({ controller }) => controller === 'provider')
  }
}

async function recordNamed(
  { store, clock }: IncidentParts,
  user: SignedIn,
  customerships: IncidentRecord['customerships']
): Promise<void> {
  const use = { user: user.id, kind: 'write', purpose: 'oversight' } as const
  await recordUse(store, clock, ...customerships.map((customership) => ({ customership, ...use })))
}
