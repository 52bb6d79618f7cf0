import type { Demo } from '#contract/demo.ts'
import type { UserId } from '#contract/id.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { Pending, SessionAnswer, SessionIfAny, SignedInUser } from '#contract/session.ts'
import { recallPractice, rememberPractice } from '#lib/device/practice.ts'
import type { Answer } from '#lib/http/api.ts'
import { loadAsking } from './later.ts'

/**
 * Who the server takes this browser to be. `away`: it could not be asked; then `user` is the last
 * one known in this page, and a tablet works on without.
 */
export class Session {
  user = $state.raw<SignedInUser | null>(null)
  pending = $state.raw<Pending[]>([])
  state = $state<'unknown' | 'in' | 'out' | 'away'>('unknown')
  /** Practice data is served; with whom to sign in. */
  demo = $state.raw<Demo | null>(null)
  isPractice = $state(recallPractice())
  /** After `too-many`. */
  retryAfterSeconds = $state<number | null>(null)
  #askedForDemo = false
  #entries = 0
  #password: string | null = null

  async refresh(): Promise<void> {
    const asked = this.#entries
    const answer = await ask((asking) => asking.askWhoIsHere())
    // Who has signed in meanwhile is not put out by an answer that was asked for before.
    if (asked === this.#entries) this.#take(answer)
    if (!this.#askedForDemo && this.state !== 'away') await this.#askForDemo()
  }

  async signIn(username: string, password: string): Promise<ProblemCode | 'away' | null> {
    const answer = await ask((asking) => asking.askToEnter({ username, password }))
    this.retryAfterSeconds = 'retryAfterSeconds' in answer ? answer.retryAfterSeconds : null
    if (answer.ok) {
      this.enter(answer.data)
      this.#password = password
    }
    return troubleIn(answer)
  }

  /** Whether the words are those just signed in with: they may not open a device as well. */
  isPassword(words: string): boolean {
    return this.#password !== null && words.trim() === this.#password.trim()
  }

  forgetPassword(): void {
    this.#password = null
  }

  /** Takes an answer that another request brought: a welcome, or an unlocking that renewed the session. */
  enter({ user, pending }: SessionAnswer): void {
    this.#entries += 1
    this.user = user
    this.pending = pending
    this.state = 'in'
  }

  /** Another user of a shared tablet opened it: what the one before has pending is not theirs to do. */
  handTo(user: UserId): void {
    if (!this.user || this.user.id === user) return
    this.#leave()
    this.state = 'away'
  }

  /** Without a network the browser stays signed in, and that is said. */
  async signOut(): Promise<ProblemCode | 'away' | null> {
    const answer = await ask((asking) => asking.tellOfLeaving())
    if (answer.ok) this.#leave()
    return troubleIn(answer)
  }

  /**
   * The session ends with the lock: else whoever holds the locked tablet asks the server in its user's
   * name. Unlocking opens another, so nobody types a password for it.
   */
  async lock(): Promise<void> {
    this.#leave()
    const answer = await ask((asking) => asking.tellOfLocking())
    if (!answer.ok && this.state === 'out') this.state = 'away'
  }

  async done(pending: Pending, password?: string): Promise<ProblemCode | 'away' | null> {
    const body = password === undefined ? { done: pending } : { done: pending, password }
    const answer = await ask((asking) => asking.tellDone(body))
    if (answer.ok) {
      this.enter(answer.data)
      this.#password = password ?? this.#password
    }
    return troubleIn(answer)
  }

  #take(answer: Answer<SessionIfAny>): void {
    if (!answer.ok) this.state = 'away'
    else if (answer.data.session) this.enter(answer.data.session)
    else this.#leave()
  }

  #leave(): void {
    this.user = null
    this.pending = []
    this.state = 'out'
    this.forgetPassword()
  }

  async #askForDemo(): Promise<void> {
    const answer = await ask((asking) => asking.askForDemo())
    if ('away' in answer) return
    this.#askedForDemo = true
    this.demo = answer.ok && answer.data.signIns.length > 0 ? answer.data : null
    this.isPractice = this.demo !== null
    rememberPractice(this.isPractice)
  }
}

/** Where even what asks cannot be fetched, the server could not be asked. */
async function ask<T>(
  put: (asking: Awaited<ReturnType<typeof loadAsking>>) => Promise<Answer<T>>
): Promise<Answer<T>> {
  const asking = await loadAsking().catch(() => null)
  return asking ? put(asking) : { ok: false, away: 'offline' }
}

function troubleIn(answer: Answer<unknown>): ProblemCode | 'away' | null {
  if (answer.ok) return null
  return 'away' in answer ? 'away' : answer.problem.code
}
