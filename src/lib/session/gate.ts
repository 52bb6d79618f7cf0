import type { Pending, SignedInUser } from '#contract/session.ts'
import type { UserId } from '#contract/id.ts'

interface At {
  /** SvelteKit's id of the route, with its groups. */
  readonly route: string | null
  readonly path: string
  readonly vault: 'starting' | 'absent' | 'locked' | 'open'
  /** Who has a vault in this browser. */
  readonly residents: readonly UserId[]
  readonly session: 'unknown' | 'in' | 'out' | 'away'
  readonly user: SignedInUser | null
  readonly pending: readonly Pending[]
}

/**
 * Where somebody must go instead of where they are; null when they may stay, or when it is not known
 * yet. The office keeps its own door, because a form there waits behind a sign-in.
 */
export function wayElsewhere(at: At): string | null {
  if (at.vault === 'starting') return null
  if (at.route === '/') return home(at)
  if (at.route?.startsWith('/(field)')) return field(at)
  if (at.route === '/(door)/(arrival)/first-steps') return firstSteps(at)
  return null
}

function home({ vault, residents, session, user, pending }: At): string | null {
  if (session === 'in' && user) {
    if (pending.length > 0) return '/first-steps'
    if (user.role === 'main-user') return '/office'
    return residents.includes(user.id) ? day(vault) : '/enrol'
  }
  if (vault !== 'absent') return day(vault)
  return session === 'unknown' ? null : '/sign-in'
}

/** Straight to the lock: by way of the day, the day's screen would be read before the lock's is. */
const day = (vault: At['vault']): string => (vault === 'locked' ? unlockFor('/today') : '/today')

function field(at: At): string | null {
  if (at.vault === 'locked') return unlockFor(at.path)
  if (at.vault === 'absent') return at.session === 'unknown' ? null : home(at)
  return at.session === 'in' && at.pending.length > 0 ? '/first-steps' : null
}

function firstSteps({ session, pending }: At): string | null {
  if (session === 'in') return pending.length === 0 ? '/' : null
  return session === 'unknown' ? null : '/sign-in'
}

const fieldPaths = /^\/(?:today|clients|visits|outbox|me|ready)(?:[/?]|$)/

/** The lock itself, and what it stands before. */
export const isBehindLock = (path: string): boolean => path === '/unlock' || firstWay(path) !== null

/** Where a browser that somebody lives in begins instead, by the path alone; null for what no lock stands before. */
export function firstWay(path: string): string | null {
  if (path === '/') return unlockFor('/today')
  return fieldPaths.test(path) ? unlockFor(path) : null
}

/** A path of ours holds ids at most, so that it may stand in the address. */
export function unlockFor(path: string): string {
  return path === '/today' ? '/unlock' : `/unlock?to=${encodeURIComponent(path)}`
}

export function wantedIn(url: URL): string {
  const wanted = url.searchParams.get('to') ?? ''
  return /^\/(?![/\\])/.test(wanted) ? wanted : '/today'
}
