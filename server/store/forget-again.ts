import type { CustomershipId } from '#contract/id.ts'
import { eraseRows, forgetErased } from './erase.ts'
import type { Files } from './store.ts'
import type { Suppression } from './suppression.ts'

/**
 * §7: a register that was restored, or put in place by hand, may hold what was deleted since. What
 * the suppression list knows goes before anything is served, and so does a key that is left of it.
 * What has an open plan is finished by its deletion. Returns how many customerships were there.
 */
export async function forgetAgain(files: Files, suppression: Suppression): Promise<number> {
  const { keyStore } = files
  const wasDeleted = await suppression.everyOne()
  for (const id of keyStore.dataKeyIds().filter(wasDeleted)) keyStore.destroyDataKey(id)
  const back = (await unplanned(files)).filter(wasDeleted)
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
