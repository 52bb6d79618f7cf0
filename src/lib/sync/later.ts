/** What opening one customership takes, and the day does not: the shapes of all entries, and the own words over them. */
export async function loadReading() {
  const [{ parseEntries }, { layOver }] = await Promise.all([
    import('./parse-entries.ts'),
    import('./lay-over.ts')
  ])
  return { parseEntries, layOver }
}

/** What hears of changes, once everything that is known has been fetched. */
export async function loadLiveLine() {
  const { LiveLine } = await import('#lib/live/live-line.ts')
  return LiveLine
}
