import type * as z from 'zod/mini'

type Parsed<T> = { success: true; data: T } | { success: false }

/**
 * Parses what a newer server may have sent: properties that this schema does not know are taken
 * away, wherever they are, and the rest must fit. The schema itself stays strict, so that the same
 * one refuses unknown properties at the server.
 */
export function parseLenient<S extends z.ZodMiniType>(
  schema: S,
  value: unknown
): Parsed<z.output<S>> {
  const first = schema.safeParse(value)
  if (first.success) return { success: true, data: first.data }
  const known = structuredClone(value)
  let dropped = false
  for (const issue of first.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const holder = issue.path.reduce<unknown>(
      (inside, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key],
      known
    )
    if (typeof holder !== 'object' || holder === null) continue
    for (const key of issue.keys) dropped = Reflect.deleteProperty(holder, key) || dropped
  }
  if (!dropped) return { success: false }
  const second = schema.safeParse(known)
  return second.success ? { success: true, data: second.data } : { success: false }
}
