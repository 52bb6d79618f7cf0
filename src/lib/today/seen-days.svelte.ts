import { dayAt, type Moment } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import { now } from '#lib/device/clock.ts'
import { withLock } from '#lib/device/locks.ts'
import type { Face } from '#lib/sync/face.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { look, saw, type Change, type Seen } from './changes.ts'

type Vault = Pick<OpenVault, 'database' | 'device' | 'user' | 'sealOwn' | 'openOwn'>

/** What a tablet shows, whole and as of the server's time. */
interface Shown {
  readonly faces: readonly Face[]
  readonly freshAt: Moment | null
}

const item = 'days-seen'

/** What changed since the days were last looked at: remembered on this device, sealed, over every lock. */
export class SeenDays {
  changes: readonly Change[] = $state.raw([])
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
  }

  /** At first everything is known: a new tablet has no news. */
  look(shown: Shown): Promise<void> {
    return this.#keep(shown, () => [])
  }

  /** A visit was opened, or all of them were read. */
  saw(shown: Shown, visits: readonly EntryId[] | 'all'): Promise<void> {
    return this.#keep(shown, (changes) =>
      changes.filter(({ visit }) => visits === 'all' || visits.includes(visit.id))
    )
  }

  /** One tab after another: what one has seen the other does not bring back. */
  #keep(
    { faces, freshAt }: Shown,
    read: (changes: readonly Change[]) => readonly Change[]
  ): Promise<void> {
    const { device, user } = this.#vault
    if (!freshAt) return Promise.resolve()
    return withLock(`kotikaynti-days-seen-${device}`, async () => {
      const before = await this.#read()
      const looking = { user, asOf: freshAt, today: dayAt(now()) }
      const { seen, changes } = look(before, faces, looking)
      const gone = read(changes)
      const after = saw(seen, gone)
      if (!before || !isAlike(before, after)) await this.#write(after)
      this.changes = changes.filter((change) => !gone.includes(change))
    })
  }

  async #read(): Promise<Seen | null> {
    const kept = await this.#vault.database.readMeta('daysSeen')
    if (!kept) return null
    const seen = await this.#vault.openOwn(item, 0, kept.sealed)
    return isSeen(seen) ? seen : null
  }

  async #write(seen: Seen): Promise<void> {
    const sealed = await this.#vault.sealOwn(item, 0, seen)
    await this.#vault.database.writeMeta('daysSeen', { sealed })
  }
}

/** Written only when it tells something else: the time alone does not. */
const isAlike = (one: Seen, other: Seen): boolean =>
  JSON.stringify([one.visits, one.places]) === JSON.stringify([other.visits, other.places])

const isSeen = (value: unknown): value is Seen =>
  typeof value === 'object' && value !== null && 'visits' in value && 'places' in value
