import { createContext } from 'svelte'
import type * as z from 'zod/mini'
import type { UserId } from '#contract/id.ts'
import { pulseSchema } from '#contract/office.ts'
import { organisationAnswerSchema, type OrganisationAnswer } from '#contract/settings.ts'
import type { ProblemDocument } from '#contract/problem.ts'
import type { Purpose } from '#contract/role.ts'
import { now } from '#lib/device/clock.ts'
import { api, type Answer } from '#lib/http/api.ts'
import { askBytes } from '#lib/http/bytes.ts'
import type { Method } from '#lib/http/request.ts'
import { titleIn } from '#lib/i18n/title.ts'
import { wrongOf, type Wrong } from '#lib/i18n/wrong.ts'
import { LiveLine } from '#lib/live/live-line.ts'

/** Why something was not saved: the fields to mend, and the code that says the rest in words. */
export interface Refusal {
  readonly code: ProblemDocument['code'] | 'offline' | 'not-ours'
  readonly wrong: Wrong
}

export function refusalOf(answer: Answer<unknown>): Refusal | null {
  if (answer.ok) return null
  if ('away' in answer) return { code: answer.away, wrong: {} }
  return { code: answer.problem.code, wrong: wrongOf(answer.problem.issues ?? []) }
}

const pulseMilliseconds = 3000
/** While the server rings by itself. */
const quietMilliseconds = 30_000
/** Between two looks that the server rang for. */
const calmMilliseconds = 1500
const touches = ['pointerdown', 'keydown', 'wheel'] as const
const minuteMilliseconds = 60_000
/** What a page reads by itself this long after the last touch is nobody's use: an empty desk signs out. */
const attendedMilliseconds = 60_000

const toTheMinute = (milliseconds: number): number =>
  milliseconds - (milliseconds % minuteMilliseconds)

/**
 * The office's line to the server. It notices when something changed, says when the line is down,
 * and holds every request until its user has signed in again, so that an expired session costs no
 * form and no word. Client data hangs on pages, which go when they are left.
 */
export class Desk {
  /** How often something that the office shows has changed since the desk was opened. */
  changes = $state(0)
  away = $state(false)
  /** The time, to the minute: what is past and what is to come moves while nobody writes. */
  time = $state(toTheMinute(now()))
  /** The session has ended; requests wait for the sign-in that covers the page. */
  signedOut = $state(false)
  organisation = $state.raw<OrganisationAnswer | null>(null)
  /** What each customership was opened for at this desk: asked once, not at every look. */
  readonly purposes = new Map<string, Purpose>()
  #waiting: (() => void)[] = []
  #pulse: string | null = null
  #touchedAt = now()
  #feltAt = 0
  #rung: ReturnType<typeof setTimeout> | null = null

  /** A repeated request is the same one, since its ids are the office's; so waiting and asking again is safe. */
  async ask<S extends z.ZodMiniType>(
    method: Method,
    path: string,
    body: unknown,
    schema: S,
    o: { readonly longer?: number } = {}
  ): Promise<Answer<z.output<S>>> {
    return this.#patiently(() => {
      const unattended = method === 'GET' && now() - this.#touchedAt > attendedMilliseconds
      return api(method, path, body, schema, { ...o, unattended })
    })
  }

  /** A picture or another file, as it is. */
  askBytes(
    path: string,
    o: { readonly longer?: number } = {}
  ): Promise<Answer<Uint8Array<ArrayBuffer>>> {
    return this.#patiently(() => askBytes(path, o))
  }

  async #patiently<T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> {
    for (;;) {
      const answer = await send()
      this.away = !answer.ok && 'away' in answer
      if (answer.ok || 'away' in answer || answer.problem.status !== 401) return answer
      this.signedOut = true
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  signedInAgain(): void {
    this.signedOut = false
    for (const go of this.#waiting.splice(0)) go()
  }

  async readOrganisation(): Promise<void> {
    const answer = await this.ask(
      'GET',
      '/api/office/organisation',
      undefined,
      organisationAnswerSchema
    )
    if (answer.ok) this.organisation = answer.data
  }

  /** Listens while the page is looked at; the pulse itself keeps no session alive. */
  listen(): () => void {
    const beat = () => {
      if (document.visibilityState === 'visible' && !this.signedOut) void this.#feelPulse()
    }
    const line = new LiveLine('/api/office/live', () => this.#feelSoon(beat))
    beat()
    line.start()
    const timer = setInterval(() => {
      if (!line.isHeard || now() - this.#feltAt >= quietMilliseconds) beat()
    }, pulseMilliseconds)
    const touch = () => {
      this.#touchedAt = now()
    }
    for (const kind of touches) addEventListener(kind, touch, { capture: true, passive: true })
    document.addEventListener('visibilitychange', beat)
    return () => {
      line.stop()
      clearInterval(timer)
      if (this.#rung) clearTimeout(this.#rung)
      this.#rung = null
      for (const kind of touches) removeEventListener(kind, touch, { capture: true })
      document.removeEventListener('visibilitychange', beat)
    }
  }

  /** However often it rings, a screen is read again at most so often. */
  #feelSoon(beat: () => void): void {
    const sinceMilliseconds = now() - this.#feltAt
    this.#rung ??= setTimeout(
      () => {
        this.#rung = null
        beat()
      },
      Math.max(0, calmMilliseconds - sinceMilliseconds)
    )
  }

  async #feelPulse(): Promise<void> {
    this.#feltAt = now()
    const answer = await api('GET', '/api/office/pulse', undefined, pulseSchema)
    this.away = !answer.ok && 'away' in answer
    this.time = toTheMinute(now())
    if (!answer.ok) {
      if ('problem' in answer && answer.problem.status === 401) this.signedOut = true
      return
    }
    if (this.#pulse !== null && this.#pulse !== answer.data.pulse) this.changes += 1
    this.#pulse = answer.data.pulse
  }

  personName(id: UserId): string {
    return this.organisation?.people.find((person) => person.id === id)?.displayName ?? '—'
  }

  organiserName(id: string): string {
    const organisers = this.organisation?.organisation.organisers
    return organisers?.find((organiser) => organiser.id === id)?.name ?? id
  }

  productTitle(id: string): string {
    const products = this.organisation?.organisation.products
    const product = products?.find((each) => each.id === id)
    return product ? titleIn(product.title) : id
  }
}

export const [useDesk, provideDesk] = createContext<Desk>()
