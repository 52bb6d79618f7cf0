import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayAt } from '#contract/day.ts'
import { checkpointLine, parseCheckpoint, type Checkpoint } from '#contract/trail.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Store } from '#server/store/store.ts'
import { makeCheckpoint } from './checkpoint.ts'

export const checkpointsFile = 'trail-checkpoints.txt'

/**
 * SECURITY 19: one a day, in the register and in a file beside each copy of the key store: another
 * disk, in production. A day on which nothing was logged has none.
 */
export async function keepCheckpoint(parts: {
  store: Store
  keyStore: KeyStore
  clock: Clock
}): Promise<void> {
  const { store, keyStore, clock } = parts
  const last = (await store.trail.checkpoints()).at(-1)
  const { number } = await store.trail.head()
  if (last && (last.number === number || dayAt(last.at) >= dayAt(clock.now()))) return
  const checkpoint = await makeCheckpoint(parts)
  for (const folder of keyStore.folders)
    appendFileSync(join(folder, checkpointsFile), `${checkpointLine(checkpoint)}\n`, {
      mode: 0o600
    })
  await store.trail.keep(checkpoint)
}

/** All that were kept, in the register and beside each copy of the key store. A line that is none is passed over: it proves nothing. */
export async function heldCheckpoints({
  store,
  keyStore
}: {
  store: Store
  keyStore: KeyStore
}): Promise<Checkpoint[]> {
  const kept = await store.trail.checkpoints()
  const files = keyStore.folders.map((folder) => join(folder, checkpointsFile))
  const beside = files.filter((file) => existsSync(file)).flatMap(readCheckpoints)
  return [...new Map([...kept, ...beside].map((one) => [one.sig, one])).values()]
}

function readCheckpoints(file: string): Checkpoint[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line) => parseCheckpoint(line) ?? [])
}
