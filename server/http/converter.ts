import type { Context } from 'hono'
import { KeysUnavailable } from '#server/keys/key-store-error.ts'
import { StoreUnavailable } from '#server/store/store-unavailable.ts'
import { partsOf } from './parts.ts'
import { Problem, problemResponse } from './problem.ts'
import type { RouteTable } from './route-table.ts'

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof StoreUnavailable || error instanceof KeysUnavailable)
    return new Problem('store-unavailable')
  return new Problem('internal')
}

/** Where the code failed, as file and line: the message of an error could carry what was being handled. */
function placeOf(error: unknown): string {
  const line = /\/((?:server|contract)\/[\w./-]+:\d+):\d+/.exec((error as Error).stack ?? '')
  return line?.[1] ?? ''
}

/** The one converter: whatever is thrown becomes one problem document. */
export function convert(routes: RouteTable, error: unknown, c: Context): Response {
  const problem = asProblem(error)
  if (problem.code === 'internal' || problem.code === 'store-unavailable')
    partsOf(c).log.write('request-failed', {
      code: problem.code,
      method: c.req.method,
      route: routes.at(c.req.path).pattern,
      error: error instanceof Error ? error.name : null,
      place: placeOf(error)
    })
  return problemResponse(problem)
}
