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
