import { StoreUnavailable } from '#server/store/store-unavailable.ts'

/** The database cannot be used as it is set up. It names no password, user or host. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused'

  constructor(why: string) {
    super(`The database of KOTIKAYNTI_DATABASE_URL ${why}.`)
  }
}

/** By SQLSTATE (PostgreSQL manual, appendix A), what is to be put right. */
const reasons: Readonly<Record<string, string>> = {
  '28000': 'does not let this user in',
  '28P01': 'does not know this user with this password',
  '3D000': 'is not there: make it with createdb',
  '42501': 'does not let this user make the schemas register, search, suppression and live',
  '53300': 'has no connection left: raise max_connections, or run fewer processes'
}

/** At the start; null: it is not the database that refuses. */
export function refusalOf(error: unknown): DatabaseRefused | null {
  const cause = error instanceof StoreUnavailable ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reason = reasons[code]
  if (reason !== undefined) return new DatabaseRefused(reason)
  return error instanceof StoreUnavailable
    ? new DatabaseRefused(`does not answer ${code}`.trim())
    : null
}
