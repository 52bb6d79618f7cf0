/** What opening one customership takes, and the day does not: the shapes of all entries, and the own words over them. */
export async function loadReading() {
  const [{ parseEntries }, { layOver }] = await Promise.all([
    import('./parse-entries.ts'),
    import('./lay-over.ts')
  ])
  return { parseEntries, layOver }
}
