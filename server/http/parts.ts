import type { Context } from 'hono'
import type { Clock } from '#server/clock.ts'
import type { Config } from '#server/config.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Log } from '#server/log.ts'
import type { Meters } from '#server/meters/meters.ts'
import type { Store } from '#server/store/store.ts'

/** What every word is built from; made once, in app.ts. */
export interface Parts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
  readonly log: Log
  readonly config: Config
  readonly meters: Meters
  /** The app's own. */
  readonly version: string
}

/** The parts that this request is served with. */
export function partsOf(c: Context): Parts {
  return c.get('parts') as Parts
}
