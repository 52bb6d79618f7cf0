import type { Over } from './engine.ts'

const quoted = (names: readonly string[]): string[] => names.map((name) => `"${name}"`)

/** What an insert does with a row that is there already; both engines say it alike. */
export function onConflict(over: Over | null): string {
  if (!over?.changing) return ''
  const changes = quoted(over.changing).map((name) => `${name} = excluded.${name}`)
  return `on conflict (${quoted(over.key).join(', ')}) do update set ${changes.join(', ')}`
}
