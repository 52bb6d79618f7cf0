import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { Issue } from '#contract/problem.ts'
import { readBytes } from './limits.ts'
import { Problem } from './problem.ts'

const deepest = 24

/**
 * A key that reaches an object's prototype is refused at every depth, before anything is looked up
 * by it, and so is nesting that no request of ours has.
 */
function requireTame(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return
  if (depth >= deepest) throw new Problem('malformed')
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      throw new Problem('unknown-property', [{ path: [], code: 'unknown-property' }])
    requireTame((value as Record<string, unknown>)[key], depth + 1)
  }
}

/** The body as JSON; 415, 413 or 400 when it is not. */
export async function readJson(c: Context, limitBytes?: number): Promise<unknown> {
  if (!isJson(c.req.header('content-type'))) throw new Problem('not-json')
  const bytes = await readBytes(c, limitBytes)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Problem('malformed')
  }
  requireTame(value)
  return value
}

export function isJson(type: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type ?? '')
}

const text = (key: PropertyKey): string | number => (typeof key === 'symbol' ? '' : key)

/** Unknown properties come first: who sends one is told of it before anything else. */
export function parseInput<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const unknown: Issue[] = []
  const invalid: Issue[] = []
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(text)
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        unknown.push({ path: [...path, key.slice(0, 60)], code: 'unknown-property' })
    } else invalid.push({ path, code: issue.code.replaceAll('_', '-') })
  }
  if (unknown.length > 0) throw new Problem('unknown-property', unknown.slice(0, 20))
  throw new Problem('invalid', invalid.slice(0, 20))
}

/** The one way in for a body: read, bounded, tame, parsed. */
export async function readBody<S extends z.ZodMiniType>(
  c: Context,
  schema: S,
  limitBytes?: number
): Promise<z.output<S>> {
  return parseInput(schema, await readJson(c, limitBytes))
}

/** The address's own part, such as `:id`. What cannot be an id is an id that does not exist. */
export function readParam<S extends z.ZodMiniType>(
  c: Context,
  name: string,
  schema: S
): z.output<S> {
  const parsed = schema.safeParse(c.req.param(name))
  if (!parsed.success) throw new Problem('not-found')
  return parsed.data
}
