import type { EndingParts } from '#server/ending/delete-customership.ts'
import type { Meters } from '#server/meters/meters.ts'
import { doDaily } from './daily.ts'

export interface Jobs {
  /** Does what is due and returns when it is done; a second caller waits for the first one's run. */
  runDue(): Promise<void>
}

export function createJobs(parts: EndingParts & { readonly meters: Meters }): Jobs {
  const run = async () => {
    let result: 'done' | 'failed' = 'failed'
    try {
      await doDaily(parts)
      result = 'done'
    } finally {
      parts.meters.ranJobs(result, parts.clock.now())
    }
  }
  let running: Promise<void> | null = null
  return {
    runDue() {
      running ??= run().finally(() => {
        running = null
      })
      return running
    }
  }
}
