import { addDays, dayAt, instantOf, type Day } from '#contract/day.ts'
import type { Clock } from '#server/clock.ts'
import { hashPassword } from '#server/auth/password.ts'
import type { Store } from '#server/store/store.ts'
import { ensurePapers } from './family-papers.ts'
import { families } from './family.ts'
import { ensurePortalEvents } from './portal-events.ts'
import { PracticeClock } from './practice-clock.ts'
import { provider } from './provider.ts'
import { ensureRightsRequest } from './rights-request.ts'
import { ensureSilentTablet } from './silent-tablet.ts'
import { passwordOf, staff } from './staff.ts'
import { writeFamily } from './write-family.ts'

/**
 * Practice data: an invented provider with forty families, half a year behind it and two weeks before
 * it. Each start adds what a new day needs and changes nothing that somebody practised on.
 */
export async function ensureDemo(parts: { store: Store; clock: Clock }): Promise<void> {
  const { store, clock } = parts
  const today = dayAt(clock.now())
  const past = async (at: number, use: () => Promise<void>) =>
    clock instanceof PracticeClock ? clock.at(at, use) : use()

  await ensureStaff(store, clock.now())
  const { revision, organisation } = await store.organisation.read()
  if (!organisation) await store.organisation.write(provider)
  // A register from before there were portals to tell.
  else if (!organisation.transfers && provider.transfers)
    await store.organisation.replace(revision, { ...organisation, transfers: provider.transfers })
  for (const family of families) {
    await writeFamily(store, family, today, past)
    await ensurePapers(store, family, today, past)
  }
  await ensurePortalEvents(store, today)
  await ensureRightsRequest(store, today)
  await ensureSilentTablet(store, instantOf(lastSeenOf(today), 16))
}

const lastSeenOf = (today: Day) => addDays(today, -5)

async function ensureStaff(store: Store, now: number): Promise<void> {
  if ((await store.users.count()) > 0) return
  const hashes = {
    'main-user': await hashPassword(passwordOf('main-user')),
    worker: await hashPassword(passwordOf('worker'))
  }
  for (const member of staff) {
    await store.users.add({
      ...member,
      state: 'active',
      passwordHash: hashes[member.role],
      mustChangePassword: false,
      pledgedAt: now,
      trainedAt: now,
      noticeVersion: provider.notice.version,
      noticeAt: now,
      lastSeenAt: null
    })
  }
}
