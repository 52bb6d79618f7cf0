import { entryIdSchema, entryMadeBy, type CustomershipId } from '#contract/id.ts'
import type { Operation } from '#contract/operation.ts'
import type { NamedAhead } from '#server/store/register-transaction.ts'
import type { Opened, Unopened } from './open.ts'

/**
 * What the rules will ask for of each operation: its own record and those that it follows, and the entries
 * that it names. One that is left out here is asked for when its turn comes.
 */
export function namedAhead(arrived: readonly (Opened | Unopened)[]): NamedAhead {
  const opened = arrived.filter((one): one is Opened => !('unopened' in one))
  const operations = opened.flatMap(({ operation }) =>
    typeof operation === 'string' ? [] : [operation]
  )
  return {
    customerships: customershipsOf(opened),
    entries: [
      ...new Map(
        operations.flatMap(entriesOf).map((one) => [`${one.customership}/${one.id}`, one])
      ).values()
    ],
    operations: [
      ...new Set([...opened.map(({ id }) => id), ...operations.flatMap(({ after }) => after ?? [])])
    ]
  }
}

export const customershipsOf = (arrived: readonly (Opened | Unopened)[]): CustomershipId[] => [
  ...new Set(arrived.flatMap((one) => ('unopened' in one ? [] : (one.customership ?? []))))
]

function entriesOf({ id, after, customership, body }: Operation): NamedAhead['entries'] {
  const named = Object.values(body).flatMap((value) => {
    const read = entryIdSchema.safeParse(value)
    return read.success ? [read.data] : []
  })
  const made = [entryMadeBy(id), ...(after ? [entryMadeBy(after)] : [])]
  return [...named, ...made].map((entry) => ({ customership, id: entry }))
}
