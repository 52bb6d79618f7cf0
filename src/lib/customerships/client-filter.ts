import type { CustomershipState, CustomershipSummary } from '#contract/customership.ts'

const order = new Intl.Collator('fi', { sensitivity: 'base' })

const wordsOf = (text: string): string[] =>
  text
    .toLocaleLowerCase('fi')
    .split(/[\s,-]+/)
    .filter((word) => word !== '')

/** Every typed word begins some word of the name: `vir ai` finds Aino Virtanen. */
export function matchesName(
  client: Pick<CustomershipSummary, 'firstName' | 'lastName'>,
  typed: string
): boolean {
  const names = wordsOf(`${client.firstName} ${client.lastName}`)
  return wordsOf(typed).every((word) => names.some((name) => name.startsWith(word)))
}

export type StateFilter = CustomershipState | 'every'

/** The rows to show, in Finnish alphabetical order. */
export function filterClients(
  clients: readonly CustomershipSummary[],
  typed: string,
  state: StateFilter
): CustomershipSummary[] {
  return clients
    .filter((client) => (state === 'every' || client.state === state) && matchesName(client, typed))
    .sort(
      (a, b) => order.compare(a.lastName, b.lastName) || order.compare(a.firstName, b.firstName)
    )
}
