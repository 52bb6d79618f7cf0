import type { OutboxRow, VaultDatabase } from '#lib/device/database.ts'

/** A draft rests no longer than this, whatever its row says. */
const longestRestMilliseconds = 60_000

/** A clock that was set back must not make a draft rest for ever. */
export const isResting = ({ restsUntil }: OutboxRow, at: number): boolean =>
  restsUntil > at && restsUntil - at <= longestRestMilliseconds

/** Whether anything that was never tried is due, and when the first of what rests will be: of a thousand one is enough. */
export async function untriedIn(
  { outbox }: VaultDatabase,
  at: number
): Promise<{ readonly isDue: boolean; readonly restsUntil: number | null }> {
  const untried = () => outbox.where('untried')
  const latest = at + longestRestMilliseconds
  const [rested, tooLong, first] = await Promise.all([
    untried().belowOrEqual(at).limit(1).primaryKeys(),
    untried().above(latest).limit(1).primaryKeys(),
    untried().between(at, latest, false, true).first()
  ])
  const isDue = rested.length + tooLong.length > 0
  return { isDue, restsUntil: first?.restsUntil ?? null }
}
