import type { Month } from '#contract/month.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { addTallies, tallyName, tallyVisits, type Tally } from '#contract/tally.ts'
import { digestOf } from '#server/keys/digest.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Basis, Kept } from '#server/store/kept.ts'
import type { Store } from '#server/store/store.ts'

interface Counting extends Basis {
  readonly rules: readonly OrganiserRule[]
}

/** What each customership is in the statistics, counted anew when it changes, or when the rules do. */
export type Tallying = Pick<Kept<readonly Tally[], Counting>, 'values'>

export async function readRules(store: Store): Promise<readonly OrganiserRule[]> {
  const { organisation } = await store.organisation.read()
  return organisation?.rules ?? []
}

export async function readTallies(
  reader: CustomershipReader,
  rules: readonly OrganiserRule[]
): Promise<Tally[]> {
  return tallyVisits(await reader.ofKind('decision'), await reader.ofKind('visit'), rules)
}

export function keepTallying(store: Store): Tallying {
  return store.register.keep({
    async basis() {
      const rules = await readRules(store)
      return { stamp: digestOf(JSON.stringify(rules)), rules }
    },
    read: (reader, { rules }) => readTallies(reader, rules)
  })
}

/** The order tells nothing of who is still there. */
const byName = (one: Tally, other: Tally): number => (tallyName(one) < tallyName(other) ? -1 : 1)

/** Of those who are there and those who were: both months belong to it. */
export async function sumTallies(
  store: Store,
  tallying: Tallying,
  from: Month,
  until: Month
): Promise<Tally[]> {
  for (;;) {
    const live = await tallying.values()
    // Read in one commit: which are there, and what those who are no more have left.
    const { ids, left } = await store.register.transact(async () => ({
      ids: (await store.register.list()).map(({ id }) => id),
      left: await store.tallies.between(from, until)
    }))
    // One that is deleted meanwhile would count twice, or not at all: then it is read again.
    if (ids.length !== live.size || !ids.every((id) => live.has(id))) continue
    const own = [...live.values()].flat()
    const asked = own.filter(({ month }) => from <= month && month <= until)
    return addTallies([...left, ...asked]).sort(byName)
  }
}
