import type { EndingParts } from '#server/ending/delete-customership.ts'
import { doDaily } from './daily.ts'

export interface Jobs {
  /** Does what is due and returns when it is done; a second caller waits for the first one's run. */
  runDue(): Promise<void>
}

export function createJobs(parts: EndingParts): Jobs {
  let running: Promise<void> | null = null
  return {
    runDue() {
      running ??= doDaily(parts).finally(() => {
        running = null
      })
      return running
    }
  }
}
