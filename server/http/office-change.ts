import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { identityCodePaths } from '#contract/identity-code.ts'
import { customershipIdSchema, type CustomershipId } from '#contract/id.ts'
import type { Purpose } from '#contract/role.ts'
import { access } from '#server/access/access.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
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

/** The one way in which the office changes a customership: checked, done, logged with its purpose, in one commit. */
export async function changeAtOffice<S extends z.ZodMiniType>(
  c: Context,
  schema: S,
  purpose: Purpose,
  deed: (change: CustomershipChange, input: z.output<S>, by: SignedIn) => Promise<Refusal | null>,
  options: { alsoClosed?: boolean } = {}
): Promise<{ revision: number }> {
  const { user, id } = await requireOfficeAccess(c)
  const input = await readBody(c, schema)
  refuseIdentityCodes(input)
  const { store, clock } = partsOf(c)
  return store.register.transact(async (tx) => {
    const changed = await tx.change(
      id,
      async (change) => {
        requireAccepted(await deed(change, input, user))
        return change.revision
      },
      options
    )
    if ('absent' in changed) throw new Problem('not-found')
    if ('closed' in changed) throw new Problem('conflict')
    await recordUse(store, clock, { customership: id, user: user.id, kind: 'write', purpose })
    return { revision: changed.value }
  })
}
