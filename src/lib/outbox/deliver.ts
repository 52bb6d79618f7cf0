import type { DeviceId } from '#contract/id.ts'
import { pushAnswerSchema, pushLimits, type PushAnswer } from '#contract/push.ts'
import type { CargoRow, OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import { now } from '#lib/device/clock.ts'
import { ifFree } from '#lib/device/locks.ts'
import { api, type Answer } from '#lib/http/api.ts'
import { outboxReport } from './outbox.ts'
import { deliverAgain, keepReceipts, letGo } from './receipts.ts'

/**
 * Carries sealed operations to the server. It needs no key, so it runs in the page and in the
 * service worker, locked or not. It discards nothing: what is not answered finally, stays.
 */
export interface Delivery {
  /** `later`: something waits still. `busy`: another tab is delivering. */
  readonly state: 'empty' | 'later' | 'busy'
  readonly delivered: number
  /** The server could not be asked at all. */
  readonly away?: boolean
  readonly retryAfterSeconds?: number
  /** The answer was a problem of this device or request, and not of the network. */
  readonly code?: string
  readonly wipe?: boolean
}

export interface DeliveryRules {
  /** Drafts that rest go too: somebody asked for it, or the page is closing. */
  readonly resting?: boolean
}

export async function deliver(
  database: VaultDatabase,
  device: DeviceId,
  rules: DeliveryRules = {}
): Promise<Delivery> {
  const delivery = await ifFree(`kotikaynti-outbox-${device}`, () =>
    deliverAll(database, device, rules)
  )
  return delivery ?? { state: 'busy', delivered: 0 }
}

async function deliverAll(
  database: VaultDatabase,
  device: DeviceId,
  rules: DeliveryRules
): Promise<Delivery> {
  const held = new Set<string>()
  let limit: number = pushLimits.envelopes
  let delivered = 0
  let wipe = false
  for (;;) {
    const batch = await takeBatch(database, held, limit, rules)
    if (batch.length === 0) {
      const left = await database.outbox.where('waiting').equals(1).count()
      return { state: left === 0 ? 'empty' : 'later', delivered, ...(wipe ? { wipe } : {}) }
    }
    const answer = await push(database, device, batch)
    if (answer.ok) {
      wipe ||= answer.data.command === 'wipe'
      delivered += await keepAnswer(database, batch, answer.data, held)
      limit = Math.min(pushLimits.envelopes, limit * 2)
      continue
    }
    if ('away' in answer) return { state: 'later', delivered, away: true }
    const { status, code } = answer.problem
    if (!isAboutTheRequest(status)) {
      const { retryAfterSeconds } = answer
      return {
        state: 'later',
        delivered,
        code,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
      }
    }
    // One envelope that the server cannot take must not hold up the others.
    const [only] = batch
    if (batch.length > 1) limit = Math.max(1, Math.floor(batch.length / 4))
    else if (only) {
      held.add(laneOf(only))
      await database.outbox.update(only.id, { trouble: code })
    }
  }
}

/** 400, 413, 415 and 422 speak of what was sent; all others of who asks, or of the server's own state. */
const isAboutTheRequest = (status: number): boolean =>
  status === 400 || status === 413 || status === 415 || status === 422

/** The next in order, and on the disk as attempted before a byte of them leaves. */
async function takeBatch(
  database: VaultDatabase,
  held: ReadonlySet<string>,
  limit: number,
  rules: DeliveryRules
): Promise<OutboxRow[]> {
  const { outbox, cargo } = database
  const at = now()
  return database.transaction('rw', [outbox, cargo], async () => {
    const waiting = inOrder(await outbox.where('waiting').equals(1).toArray())
    const batch: OutboxRow[] = []
    const passedOver = new Set(held)
    let bytes = 0
    for (const row of waiting) {
      // A word never travels in the same request as a picture, which may be long on its way.
      if (batch[0] && batch[0].freight !== row.freight) break
      if (passedOver.has(laneOf(row))) continue
      const resting = !rules.resting && !row.attempted && isResting(row, at)
      // A later one of the same customership waits with it; nobody else does.
      if (row.sealAnew || resting) {
        passedOver.add(laneOf(row))
        continue
      }
      bytes += sizeOf(row)
      if (batch.length > 0 && (batch.length >= limit || bytes > pushLimits.bytes - headBytes)) break
      batch.push(row)
    }
    const fresh = batch.filter(({ attempted }) => !attempted)
    await outbox.bulkPut(fresh.map((row) => ({ ...row, attempted: true })))
    const heavy = await cargo.bulkGet(batch.flatMap((row) => (row.cargo ? [row.id] : [])))
    return batch.map((row) => laden(row, heavy))
  })
}

function laden(row: OutboxRow, heavy: readonly (CargoRow | undefined)[]): OutboxRow {
  const ciphertext = heavy.find((one) => one?.id === row.id)?.ciphertext
  return ciphertext === undefined ? row : { ...row, envelope: { ...row.envelope, ciphertext } }
}

/** Words first, then what nobody waits for, then documents; each as they were written. */
const inOrder = (rows: readonly OutboxRow[]): OutboxRow[] =>
  [...rows].sort((a, b) => turnOf(a) - turnOf(b) || a.seq - b.seq)

const turnOf = ({ freight, quiet }: OutboxRow): number => (freight ? 2 : quiet ? 1 : 0)

/** What goes in order, and waits together. */
const laneOf = ({ freight, quiet, id, customership }: OutboxRow): string =>
  freight ? `freight ${customership}` : quiet ? id : customership

/** Room for what stands around the envelopes. */
const headBytes = 64 * 1024
/** A link that carries less than this is no link. */
const slowBytesPerMillisecond = 8
const longestRestMilliseconds = 60_000

const sizeOf = ({ envelope, cargo = 0 }: OutboxRow): number =>
  JSON.stringify(envelope).length + cargo + 1

/** A clock that was set back must not make a draft rest for ever. */
const isResting = ({ restsUntil }: OutboxRow, at: number): boolean =>
  restsUntil > at && restsUntil - at <= longestRestMilliseconds

async function push(
  database: VaultDatabase,
  device: DeviceId,
  batch: readonly OutboxRow[]
): Promise<Answer<PushAnswer>> {
  const { last, waiting } = await outboxReport(database)
  const sent = new Set(batch.map(({ seq }) => seq))
  const outbox = { last, waiting: waiting.filter((seq) => !sent.has(seq)) }
  // Named by the row: an envelope that was damaged must not make the whole request unreadable.
  const envelopes = batch.map(({ envelope, id, seq }) => ({ ...envelope, id, seq }))
  const bytes = batch.reduce((sum, { cargo = 0 }) => sum + cargo, 0)
  const longer = Math.ceil(bytes / slowBytesPerMillisecond)
  return api('POST', '/api/sync/push', { device, outbox, envelopes }, pushAnswerSchema, { longer })
}

async function keepAnswer(
  database: VaultDatabase,
  batch: readonly OutboxRow[],
  answer: PushAnswer,
  held: Set<string>
): Promise<number> {
  const sent = new Map<string, OutboxRow>(batch.map((row) => [row.id, row]))
  const results = answer.results.filter(({ id }) => sent.has(id))
  await keepReceipts(database, results)
  const final = new Set(results.filter(({ outcome }) => outcome !== 'retry').map(({ id }) => id))
  for (const row of batch) if (!final.has(row.id)) held.add(laneOf(row))
  const latest = results.reduce((time, { at }) => Math.max(time, Date.parse(at)), 0)
  await letGo(database, answer.safeThrough, latest)
  if (answer.missing) await deliverAgain(database, { numbers: answer.missing })
  return final.size
}
