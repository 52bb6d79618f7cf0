/** What tells which of several versions stands: no shape is parsed for it, so that the vault's worker can ask too. */
interface Version {
  readonly id: string
  readonly data: { readonly state?: unknown; readonly forkOf?: unknown }
}

const isSigned = ({ data }: Version): boolean => data.state === 'signed'
const isFork = ({ data }: Version): boolean => data.forkOf !== undefined

/**
 * Of one author's open versions of a note the one that stands comes first: a signed one, else one that is
 * no fork, else the older. Every side goes on with, and tells of, the first.
 */
export function byStanding(one: Version, other: Version): number {
  return (
    Number(isSigned(other)) - Number(isSigned(one)) ||
    Number(isFork(one)) - Number(isFork(other)) ||
    (one.id < other.id ? -1 : 1)
  )
}
