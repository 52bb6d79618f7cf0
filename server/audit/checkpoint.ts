import { checkpointText, type Checkpoint } from '#contract/trail.ts'
import type { Clock } from '#server/clock.ts'
import { digestOf } from '#server/keys/digest.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Store } from '#server/store/store.ts'

/** SECURITY 19: what the trail is now, signed, so that whoever keeps it sees later that nothing before it was changed. */
export async function makeCheckpoint({
  store,
  keyStore,
  clock
}: {
  store: Store
  keyStore: KeyStore
  clock: Clock
}): Promise<Checkpoint> {
  const { number, link } = await store.trail.head()
  const generation = digestOf(await store.generation())
  const stated = { number, at: clock.now(), link, generation, key: keyStore.publicKey() }
  return { ...stated, sig: keyStore.sign(checkpointText(stated)) }
}
