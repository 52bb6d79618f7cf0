import type { Context } from 'hono'
import { partsOf } from './parts.ts'
import { Problem } from './problem.ts'

/** If `Origin` is there it decides, else `Sec-Fetch-Site`; a request with neither is not one of our pages'. */
export function requireSameOrigin(c: Context): void {
  const origin = c.req.header('origin')
  const ours =
    origin !== undefined
      ? partsOf(c).config.origins.includes(origin)
      : c.req.header('sec-fetch-site') === 'same-origin'
  if (!ours) throw new Problem('cross-origin')
}

/** The one of our origins whose page asks. Only after the gate: whoever came through is one of ours. */
export function askingOrigin(c: Context): string {
  const { origins } = partsOf(c).config
  const origin = c.req.header('origin') ?? origins[0]
  if (origin === undefined || !origins.includes(origin)) throw new Problem('cross-origin')
  return origin
}
