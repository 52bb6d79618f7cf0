import type { CustomershipId } from '#contract/id.ts'
import type { Situation } from '#contract/office.ts'

type Warned = Situation['warnings'][number]

export interface WarningGroup {
  readonly customership: CustomershipId
  readonly name: string
  /** The nearest first. */
  readonly warnings: readonly Warned[]
}

/** What is seen, is seen of one customership as a whole; the one whose day is nearest stands first. */
export function warningGroups(warnings: readonly Warned[]): WarningGroup[] {
  const groups = new Map<CustomershipId, Warned[]>()
  for (const warning of [...warnings].sort((a, b) => a.day.localeCompare(b.day))) {
    const group = groups.get(warning.customership)
    if (group) group.push(warning)
    else groups.set(warning.customership, [warning])
  }
  return [...groups].map(([customership, group]) => ({
    customership,
    name: group[0]?.name ?? '',
    warnings: group
  }))
}
