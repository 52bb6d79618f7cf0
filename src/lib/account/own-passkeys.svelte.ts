import * as z from 'zod/mini'
import {
  passkeyAnswerSchema,
  passkeyCreationSchema,
  passkeyListSchema,
  type Passkey
} from '#contract/passkey.ts'
import type { PasskeyId } from '#contract/id.ts'
import { createPasskey } from '#lib/device/passkey.ts'
import { api, type Answer } from '#lib/http/api.ts'
import type { Freshness } from './freshness.svelte.ts'
import type { PasskeyTrouble } from './passkey-trouble.ts'

/** The passkeys of who is signed in: seen, made and removed, each change by a fresh sign-in. */
export class OwnPasskeys {
  /** Null until the server has told. */
  list = $state.raw<readonly Passkey[] | null>(null)
  trouble = $state<PasskeyTrouble | null>(null)
  readonly #freshness: Freshness

  constructor(freshness: Freshness) {
    this.#freshness = freshness
  }

  async load(): Promise<void> {
    const answer = await api('GET', '/api/passkeys', undefined, passkeyListSchema)
    if (answer.ok) this.list = answer.data.passkeys
    else this.trouble = troubleIn(answer)
  }

  /** True when it is made. What it derives for a device is not kept here. */
  async add(name: string): Promise<boolean> {
    this.trouble = await this.#make(name)
    if (this.trouble === null) await this.load()
    return this.trouble === null
  }

  async #make(name: string): Promise<PasskeyTrouble | null> {
    const options = await this.#freshness.ask(() =>
      api('POST', '/api/passkeys/options', {}, passkeyCreationSchema)
    )
    if (!options.ok) return troubleIn(options)
    const made = await createPasskey(options.data)
    if (typeof made === 'string') return made
    const body = { name, response: made.answer }
    return troubleIn(await api('POST', '/api/passkeys', body, passkeyAnswerSchema))
  }

  async remove(id: PasskeyId): Promise<boolean> {
    const answer = await this.#freshness.ask(() =>
      api('DELETE', `/api/passkeys/${id}`, undefined, z.undefined())
    )
    // Removed already, in another window: it is gone all the same.
    const isGone = !answer.ok && 'problem' in answer && answer.problem.code === 'not-found'
    this.trouble = isGone ? null : troubleIn(answer)
    await this.load()
    return this.trouble === null
  }
}

function troubleIn(answer: Answer<unknown>): PasskeyTrouble | null {
  if (answer.ok) return null
  if ('away' in answer) return 'away'
  const { code, issues = [] } = answer.problem
  if (code !== 'conflict') return code
  return issues.some((issue) => issue.code === 'no-more') ? 'many' : 'known'
}
