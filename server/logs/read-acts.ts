import { toMoment } from '#contract/day.ts'
import type { ActsAnswer } from '#contract/log.ts'
import type { DeviceId, UserId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'
import { readNames } from '#server/store/current-names.ts'

const pageLines = 50

/** SECURITY 19: what users did beside the data of clients, newest first. */
export async function readActs(
  store: Store,
  { user, before }: { user?: UserId | undefined; before?: string | undefined }
): Promise<ActsAnswer> {
  const found = await store.acts.latest({
    before: before === undefined ? Number.MAX_SAFE_INTEGER : Number(before),
    lines: pageLines + 1,
    ...(user ? { user } : {})
  })
  const names = await readNames(store)
  const printers = await store.prints.owners(found.flatMap(({ subject }) => subject ?? []))
  const lines = found.slice(0, pageLines).map(({ at, subject, ...line }) => ({
    ...line,
    at: toMoment(at),
    userName: names.user(line.user),
    // A user or a tablet has the name that it has now, and a print that of who printed it; another id stays as it is.
    subject: subject === null ? null : nameOf(subject) || subject
  }))
  const last = lines.at(-1)
  return { lines, next: last && found.length > pageLines ? String(last.line) : null }

  function nameOf(subject: string): string {
    const user = printers.get(subject) ?? (subject as UserId)
    return names.user(user) || (names.device(subject as DeviceId) ?? '')
  }
}
