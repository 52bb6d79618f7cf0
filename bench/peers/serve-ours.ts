import { buildApp, starting } from '#server/app.ts'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { Listening } from '#server/listening.ts'
import { createLog } from '#server/log.ts'
import { type HeldNote, writeChanges } from './caseload.ts'

/** What the measurement asks of our server; what it answers is empty, or why it could not. */
export type OursOrder = { readonly change: readonly HeldNote[] }
export type OursReply = { readonly failed?: string }

/**
 * Our server as `server/main.ts` starts it, that can be told to write what somebody else wrote meanwhile: one that
 * was stopped for it would answer the next pull cold, and beside the work with which each start begins.
 */
const config = readConfig(process.env)
const log = createLog(
  () => '',
  () => undefined
)
const listening = new Listening(config, starting)
await listening.open()
const app = await buildApp({ config, clock: systemClock, log })
listening.serve((request, env) => app.fetch(request, env))
await app.jobs.runDue()

process.on('message', ({ change }: OursOrder) => {
  void writeChanges(app.parts, change)
    .then((): OursReply => ({}))
    .catch((error: unknown): OursReply => ({ failed: String(error) }))
    .then((reply) => process.send?.(reply))
})

async function stop(): Promise<never> {
  app.hangUp()
  await listening.close(10_000)
  await app.close()
  process.exit(0)
}
// Whoever measures is done with it, or gone.
process.on('disconnect', () => void stop())
process.send?.({} satisfies OursReply)
