import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { identityCodePaths } from '#contract/identity-code.ts'
import { customershipIdSchema, type CustomershipId } from '#contract/id.ts'
import type { Purpose } from '#contract/role.ts'
import type { View } from '#contract/view.ts'
import { access } from '#server/access/access.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { recordSitting, recordUse } from '#server/audit/usage.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { Changed, Writable } from '#server/store/register-transaction.ts'
import { readBody, readParam } from './input.ts'
import { partsOf } from './parts.ts'
import { Problem } from './problem.ts'
import { requireMainUser, type SignedIn } from './session.ts'

/** §8: there is no field for a personal identity code. Which field holds one is told; the code is not repeated. */
export function refuseIdentityCodes(input: unknown): void {
  const paths = identityCodePaths(input)
  if (paths.length > 0)
    throw new Problem(
      'identity-code',
      paths.map((path) => ({ path, code: 'identity-code' }))
    )
}

export function requireAccepted(refusal: Refusal | null): void {
  if (refusal) throw new Problem(refusal.code, refusal.issues)
}

/** Before anything of it is read: a customership that this main user may open. */
export async function requireOfficeAccess(c: Context): Promise<{
  user: SignedIn
  id: CustomershipId
  view: NonNullable<ReturnType<typeof access>>['view']
}> {
  const user = await requireMainUser(c)
  const id = readParam(c, 'id', customershipIdSchema)
  const { store, clock } = partsOf(c)
  const [facts] = await store.register.list({ ids: [id] })
  const at = { now: clock.now(), aheadDays: 0, where: 'office' } as const
  const granted = facts && access(user, { facts, assignments: [] }, at)
  if (!granted) throw new Problem('not-found')
  return { user, id, view: granted.view }
}

/** Why it was not changed, as the desk is told. */
export function requireChanged<T>(changed: Changed<T>): asserts changed is { value: T } {
  if ('absent' in changed) throw new Problem('not-found')
  if ('closed' in changed) throw new Problem('conflict')
  if ('restrictedOn' in changed) throw new Problem('restricted')
}

/** GDPR Art. 18(2): what is restricted is neither changed nor sent away. */
export function requireUnrestricted({ restrictedOn }: View): void {
  if (restrictedOn !== undefined) throw new Problem('restricted')
}

interface Options<S extends z.ZodMiniType> extends Writable {
  readonly isSitting?: (input: z.output<S>) => boolean
}

/** A deed that tells no more than that it is done: the answer is the customership's new revision. */
export function changeAtOffice<S extends z.ZodMiniType>(
  c: Context,
  schema: S,
  purpose: Purpose,
  deed: (change: CustomershipChange, input: z.output<S>, by: SignedIn) => Promise<Refusal | null>,
  options: Options<S> = {}
): Promise<{ revision: number }> {
  return tellAtOffice(
    c,
    schema,
    purpose,
    async (change, input, by) => (await deed(change, input, by)) ?? { revision: change.revision },
    options
  )
}

/**
 * The one way in which the office changes a customership: checked, done, logged with its purpose, in one
 * commit. The answer is what the deed tells, when it is not refused.
 */
export async function tellAtOffice<
  S extends z.ZodMiniType,
  T extends { readonly revision: number }
>(
  c: Context,
  schema: S,
  purpose: Purpose,
  deed: (change: CustomershipChange, input: z.output<S>, by: SignedIn) => Promise<Refusal | T>,
  options: Options<S> = {}
): Promise<T> {
  const { user, id } = await requireOfficeAccess(c)
  const input = await readBody(c, schema)
  refuseIdentityCodes(input)
  const { store, clock } = partsOf(c)
  return store.register.transact(async (tx) => {
    const changed = await tx.change(
      id,
      async (change) => {
        const told = await deed(change, input, user)
        if ('code' in told) throw new Problem(told.code, told.issues)
        return told
      },
      options
    )
    requireChanged(changed)
    const record = options.isSitting?.(input) === true ? recordSitting : recordUse
    await record(store, clock, { customership: id, user: user.id, kind: 'write', purpose })
    return changed.value
  })
}
