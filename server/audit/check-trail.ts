import { toMoment } from '#contract/day.ts'
import {
  checkpointLine,
  trailHead,
  trailText,
  type Checkpoint,
  type TrailLine
} from '#contract/trail.ts'
import type { TrailCheck } from '#contract/trail-check.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { commitTo } from '#server/keys/trail-salt.ts'
import type { Store } from '#server/store/store.ts'
import { makeCheckpoint } from './checkpoint.ts'
import { readCommitted } from './committed.ts'
import { TrailJudge } from './judge-trail.ts'
import { heldCheckpoints } from './keep-checkpoint.ts'
import { logsFrom } from './logs-from.ts'

export interface AuditParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
}

/** So many at a time, that nobody waits for a long trail. */
const pageLines = 1000

const mostFaults = 50

/** Kinds that no log has a line of. */
const ofTheTrailAlone: ReadonlySet<string> = new Set(['begun', 'restored'])

/**
 * SECURITY 19: the register's own trail, held against every checkpoint that was kept, and the logs
 * held against the trail. What is deleted is only counted: nobody can say any more whom it was about.
 */
export async function checkTrail(parts: AuditParts): Promise<TrailCheck> {
  const { store, keyStore, clock } = parts
  const held = await heldCheckpoints(parts)
  const judge = new TrailJudge({ held, key: keyStore.publicKey() })
  const logs = new LogCheck(store, await logsFrom(store, clock.now()))
  const closing = await makeCheckpoint(parts)
  judge.read(trailHead)
  for await (const page of pagesOf(store, closing)) {
    for (const line of page) judge.read(trailText(line))
    await logs.check(page)
  }
  judge.read(checkpointLine(closing))
  await logs.checkStrays()
  const { entries, firstAt, restored, faults } = judge.end(true)
  const checkpointAt = Math.max(...held.map(({ at }) => at))
  return {
    at: toMoment(clock.now()),
    entries,
    firstAt: firstAt === null ? null : toMoment(firstAt),
    ...logs.counts,
    checkpoints: held.length,
    checkpointAt: held.length > 0 ? toMoment(checkpointAt) : null,
    restored: restored.map(({ number, at }) => ({ number, at: toMoment(at) })),
    key: keyStore.publicKey(),
    faults: [...faults.map(({ code, number }) => ({ code, number })), ...logs.faults]
      .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0))
      .slice(0, mostFaults)
  }
}

/** The trail as it was when the checkpoint was made. Others get their turn between the pages. */
export async function* pagesOf(
  store: Store,
  { number }: Pick<Checkpoint, 'number'>
): AsyncGenerator<TrailLine[]> {
  for (let from = 0; from < number;) {
    const page = (await store.trail.after(from, pageLines)).filter((line) => line.number <= number)
    const last = page.at(-1)
    if (!last) return
    yield page
    from = last.number
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The lines of the logs against what the trail committed to. */
class LogCheck {
  readonly #store: Store
  readonly #keptFrom: number
  readonly counts = { compared: 0, forgotten: 0, expired: 0 }
  readonly faults: { code: 'log-changed' | 'log-missing' | 'log-added'; number: number | null }[] =
    []

  constructor(store: Store, keptFrom: number) {
    this.#store = store
    this.#keptFrom = keptFrom
  }

  async check(page: readonly TrailLine[]): Promise<void> {
    const [first, last] = [page.at(0), page.at(-1)]
    if (!first || !last) return
    const logged = new Map<number, boolean | null>()
    const commitments = new Map(page.map((line) => [line.number, line.commitment]))
    for (const { line, words, salt, customership } of await readCommitted(
      this.#store,
      first.number,
      last.number
    )) {
      const drawn = this.#store.trail.saltOf(line, salt, customership)
      const isSame = drawn ? commitTo(drawn, words) === commitments.get(line) : null
      logged.set(line, logged.get(line) === false ? false : isSame)
    }
    for (const line of page)
      if (!ofTheTrailAlone.has(line.kind)) this.#judge(line, logged.get(line.number))
  }

  /** Lines of the logs that no line of the trail is of. */
  async checkStrays(): Promise<void> {
    const { usage, disclosures, acts } = this.#store
    const strays = await Promise.all([usage, disclosures, acts].map((log) => log.strays()))
    if (strays.some((count) => count > 0)) this.#fault('log-added', null)
  }

  /** `isSame`: null when nobody can say it any more; undefined when no log has it. */
  #judge({ number, at }: TrailLine, isSame: boolean | null | undefined): void {
    if (isSame === true) this.counts.compared += 1
    else if (isSame === null) this.counts.forgotten += 1
    else if (isSame === false) this.#fault('log-changed', number)
    else if (at < this.#keptFrom) this.counts.expired += 1
    else this.#fault('log-missing', number)
  }

  #fault(code: 'log-changed' | 'log-missing' | 'log-added', number: number | null): void {
    if (this.faults.length < mostFaults) this.faults.push({ code, number })
  }
}
