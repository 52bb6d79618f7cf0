import { dayAt, toMoment } from '#contract/day.ts'
import type { TellingRequest, TellingsAnswer } from '#contract/notice.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import type { Store } from '#server/store/store.ts'
import { readClientNames } from '#server/access/client-names.ts'
import { toVersion } from './to-version.ts'

/** §14: whom the newest significant version is told to, and to whom it was. */
export async function readTellings(
  store: Store,
  user: SignedIn,
  now: number
): Promise<TellingsAnswer> {
  const newest = await store.notices.newestTold()
  const notice = newest === null ? null : await store.notices.find(newest)
  if (!notice) return { version: null, lines: [] }
  const tellings = await store.notices.tellings(notice.version)
  const ids = tellings.map(({ customership }) => customership)
  const names = await readClientNames(store, user, ids, now)
  return {
    version: toVersion(notice),
    lines: tellings.map(({ customership, told }) => ({
      customership,
      name: names.get(customership) ?? null,
      told: told && { ...told, at: toMoment(told.at) }
    }))
  }
}

/**
 * §14: these clients were told, this way and on this day; or were marked by mistake. All or none, and
 * each is a line of the log.
 */
export function tellClients(
  parts: { store: Store; clock: Clock },
  { version, customerships, told }: TellingRequest,
  user: SignedIn
): Promise<'done' | 'not-found' | 'wrong-day'> {
  const { store, clock } = parts
  return store.register.transact(async (tx) => {
    const now = clock.now()
    const notice = await store.notices.find(version)
    if (!notice) return 'not-found'
    const first = notice.publishedAt === null ? notice.effectiveFrom : dayAt(notice.publishedAt)
    if (told && (told.day > dayAt(now) || told.day < first)) return 'wrong-day'
    const names = await readClientNames(store, user, customerships, now)
    return tx
      .savepoint(async () => {
        for (const customership of customerships) {
          const mark = told && { ...told, by: user.id, at: now }
          const isListed =
            names.has(customership) && (await store.notices.tell(version, customership, mark))
          if (!isListed) throw notListed
        }
        const use = { user: user.id, kind: 'write', purpose: 'client-rights' } as const
        await recordUse(
          store,
          clock,
          ...customerships.map((customership) => ({ customership, ...use }))
        )
        return 'done' as const
      })
      .catch((error: unknown) => {
        if (error === notListed) return 'not-found'
        throw error
      })
  })
}

const notListed = new Error('not on the list')
