import { whenDrawn } from '#lib/device/drawn.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'
import { submitTogether } from '#lib/sync/submit-together.ts'
import type { Submission } from '#lib/sync/submit.ts'

/** What is recorded with a press: one at a time, and said when the device would not take it. */
export class VisitDeeds {
  busy = $state(false)
  refused = $state(false)
  /** What is asked before it is recorded. */
  asking: 'finish' | 'cancel' | null = $state(null)
  readonly #replica: Replica

  constructor(replica: Replica) {
    this.#replica = replica
  }

  /** Each in its own customership, and all of them or none. */
  async write(submissions: readonly Submission[]): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.refused = false
    try {
      await whenDrawn()
      const [first] = submissions
      if (submissions.length > 1) await submitTogether(this.#replica, submissions)
      else if (first) await this.#replica.submit(first)
    } catch {
      this.refused = true
    } finally {
      this.asking = null
      this.busy = false
    }
    return !this.refused
  }
}
