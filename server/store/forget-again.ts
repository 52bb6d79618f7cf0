import type { CustomershipId } from '#contract/id.ts'
import { eraseRows, forgetErased } from './erase.ts'
import type { Files } from './store.ts'
import type { Suppression } from './suppression.ts'

const mostAsked = 500

/**
 * §7: a register that was restored, or put in place by hand, may hold what was deleted since. What
 * the suppression list knows goes before anything is served, and so does a key that is left of it.
 * What has an open plan is finished by its deletion. Returns how many customerships were there.
 */
export async function forgetAgain(files: Files, suppression: Suppression): Promise<number> {
  const { keyStore } = files
  for (const id of await suppressedAmong(suppression, keyStore.dataKeyIds()))
    keyStore.destroyDataKey(id)
  const back = await suppressedAmong(suppression, await unplanned(files))
  for (const id of back) await eraseRows({ files }, id)
  if (back.length > 0) await forgetErased({ files })
  return back.length
}

async function unplanned({ register }: Files): Promise<CustomershipId[]> {
  const rows = await register.sql
    .selectFrom('customerships')
    .leftJoin('deletions', 'deletions.customership', 'customerships.id')
    .select('customerships.id')
    .where('deletions.number', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

async function suppressedAmong(
  suppression: Suppression,
  ids: readonly CustomershipId[]
): Promise<CustomershipId[]> {
  const found: CustomershipId[] = []
  for (let at = 0; at < ids.length; at += mostAsked)
    found.push(...(await suppression.among(ids.slice(at, at + mostAsked))))
  return found
}
