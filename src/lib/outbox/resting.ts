import type { OutboxRow, VaultDatabase } from '#lib/device/database.ts'

/** A draft rests no longer than this, whatever its row says. */
const longestRestMilliseconds = 60_000

/** A clock that was set back must not make a draft rest for ever. */
export const isResting = ({ restsUntil }: OutboxRow, at: number): boolean =>
  restsUntil > at && restsUntil - at <= longestRestMilliseconds

/** How much of what was never tried is due, and when the first of what rests will be. */
export async function untriedIn(
  { outbox }: VaultDatabase,
  at: number
): Promise<{ readonly due: number; readonly restsUntil: number | null }> {
  const untried = () => outbox.where('untried')
  const latest = at + longestRestMilliseconds
  const [rested, tooLong, first] = await Promise.all([
    untried().belowOrEqual(at).count(),
    untried().above(latest).count(),
    untried().between(at, latest, false, true).first()
  ])
  return { due: rested + tooLong, restsUntil: first?.restsUntil ?? null }
}
