import type { Context } from 'hono'
import { mayTransfer } from '#contract/transfers.ts'
import { Problem } from './problem.ts'
import { requireMainUser, type SignedIn } from './session.ts'

/** §12: a main user whose task is reporting. */
export async function requireReporter(c: Context): Promise<SignedIn> {
  const user = await requireMainUser(c)
  if (!mayTransfer(user)) throw new Problem('not-allowed')
  return user
}
