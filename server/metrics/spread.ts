import type { Sample } from '#server/meters/exposition.ts'

/** Counts each age once, under the first limit that it is not above; what is above all of them is `beyond`. Milliseconds, rising. */
export function spread(
  ages: readonly number[],
  limits: Readonly<Record<string, number>>,
  label: string,
  beyond: string
): Sample[] {
  const named = [...Object.entries(limits), [beyond, Number.POSITIVE_INFINITY] as const]
  return named.map(([name, limit], index) => {
    const former = named[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY
    const value = ages.filter((age) => age > former && age <= limit).length
    return { labels: { [label]: name }, value }
  })
}
