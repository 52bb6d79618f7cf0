import { toMoment } from '#contract/day.ts'
import type { DisclosedContent } from '#contract/disclosure.ts'
import type { UserId } from '#contract/id.ts'
import type { Delivery } from '#contract/summary-request.ts'
import { recordDisclosure } from '#server/audit/disclosure.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import { beginDigest } from '#server/keys/digest.ts'
import { Archive } from '#server/packing/archive.ts'
import { newPassphrase } from '#server/packing/passphrase.ts'
import { withEmblem } from '#server/paper/paper.ts'
import { sayOnPaper } from '#server/paper/words.ts'
import type { Store } from '#server/store/store.ts'
import type { Leaving } from './read-leaving.ts'
import { PapersAhead } from './papers-ahead.ts'
import { summaryPaper } from './summary-paper.ts'
import { summaryJson, summaryTable } from './summary-table.ts'

interface Parts {
  readonly store: Store
  readonly clock: Clock
}

interface Told {
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal
  progress(done: number): void
  piece(bytes: Uint8Array): void
}

interface Left extends Leaving {
  readonly fingerprint: string
}

export interface Delivered {
  readonly name: string
  readonly sha256: string
  readonly passphrase: string
}

/**
 * §10: everything passes through memory, under a passphrase that is told once and kept nowhere. It is
 * written down that it left before the passphrase does, without which nobody has anything: the log neither
 * lacks what somebody has nor tells of an archive that was cut.
 */
export async function deliver(
  parts: Parts,
  delivery: Delivery,
  leaving: readonly Leaving[],
  by: UserId,
  told: Told
): Promise<Delivered> {
  const { organiser, month, content } = delivery
  const passphrase = newPassphrase()
  const digest = beginDigest()
  const madeAt = parts.clock.now()
  const archive = new Archive(
    async (bytes) => {
      digest.add(bytes)
      told.piece(bytes)
    },
    { passphrase, madeAt }
  )
  const emblem = await parts.store.emblem.read()
  const papers = new PapersAhead(
    leaving.map(({ document, locked }) =>
      withEmblem(summaryPaper(document, locked.hash, content), emblem)
    )
  )
  try {
    const language = leaving[0]?.document.language ?? 'fi'
    await archive.add('README.txt', sayOnPaper(language, 'summary.readMe'), { isOpen: true })
    const left: Left[] = []
    for (const [index, one] of leaving.entries()) {
      told.signal.throwIfAborted()
      const fingerprint = await addSummary(archive, one, await papers.at(index), content)
      left.push({ ...one, fingerprint })
      told.progress(index + 1)
    }
    const documents = leaving.map(({ document }) => document)
    await archive.add(`${organiser}-${month}.csv`, summaryTable(documents))
    await archive.close()
    told.signal.throwIfAborted()
    await recordDelivery(parts, delivery, left, by)
  } finally {
    await papers.close()
  }
  return { name: `${organiser}-${month}.zip`, sha256: inHex(digest.value()), passphrase }
}

/** One client's files; answers what tells their bytes from any others, since no other log of them is kept. */
async function addSummary(
  archive: Archive,
  { document, locked }: Leaving,
  paper: Uint8Array,
  content: DisclosedContent
): Promise<string> {
  const { number } = document
  const table = summaryTable([document])
  const json = summaryJson(document, locked.text, content === 'whole')
  await archive.add(`${number}.pdf`, paper, { isPacked: true })
  await archive.add(`${number}.csv`, table)
  await archive.add(`${number}.json`, json)
  const digest = beginDigest()
  for (const bytes of [paper, Buffer.from(table), Buffer.from(json)]) digest.add(bytes)
  return inHex(digest.value())
}

const inHex = (digest: string): string => Buffer.from(digest, 'base64url').toString('hex')

async function recordDelivery(
  { store, clock }: Parts,
  { channel, organiser, content }: Delivery,
  leaving: readonly Left[],
  by: UserId
): Promise<void> {
  const at = toMoment(clock.now())
  await store.register.transact(async (tx) => {
    for (const { customership, summary } of leaving)
      await tx.change(
        customership,
        async (change) => {
          const now = await change.entry('summary', summary.id)
          if (!now) return
          const deliveries = [...now.data.deliveries, { at, by, channel, content }]
          await change.put('summary', now.id, { ...now.data, state: 'delivered', deliveries }, by)
        },
        { alsoClosed: true }
      )
    await recordDisclosure(
      store,
      clock,
      ...leaving.map(({ customership, locked, fingerprint }) => ({
        ...{ customership, by, channel, content, fingerprint },
        kind: 'summary' as const,
        reference: locked.number,
        recipient: organiser,
        ground: 'client-records-act' as const
      }))
    )
    const use = { user: by, kind: 'send', purpose: 'reporting' } as const
    await recordUse(store, clock, ...leaving.map(({ customership }) => ({ ...use, customership })))
  })
}
