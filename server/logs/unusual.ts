import { wallTimeAt } from '#contract/day.ts'
import { nightHours, openingsAnHour, type Unusual } from '#contract/log.ts'
import type { Store } from '#server/store/store.ts'
import type { Use } from '#server/store/usage-log.ts'
import type { ClientNames, Names } from '#server/store/current-names.ts'

const hourMilliseconds = 3_600_000

/** DOMAIN.md, defaults: which rules of unusual access a use falls under. What the server does by itself falls under none. */
export async function unusualIn(
  store: Store,
  use: Use,
  { users, clients }: { users: Names; clients: ClientNames }
): Promise<Unusual[]> {
  if (use.user === null) return []
  const surname = surnameOf(users.user(use.user))
  const client = use.customership && clients.get(use.customership)?.last
  const isOpening = use.kind === 'open'
  const openings = isOpening
    ? await store.usage.openings(use.user, use.at - hourMilliseconds, use.at)
    : 0
  return [
    ...(isNight(use.at) ? (['night'] as const) : []),
    ...(openings > openingsAnHour ? (['many'] as const) : []),
    ...(client && surname && fold(client) === fold(surname) ? (['own-name'] as const) : [])
  ]
}

function isNight(at: number): boolean {
  const { hour } = wallTimeAt(at)
  return hour >= nightHours.from || hour < nightHours.until
}

/** Of a name as it is shown, the last word. */
const surnameOf = (name: string): string => name.trim().split(/\s+/).at(-1) ?? ''

const fold = (name: string): string => name.normalize('NFC').toLocaleLowerCase('fi')
