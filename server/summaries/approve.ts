import { toMoment } from '#contract/day.ts'
import { entryIdSchema, type CustomershipId, type EntryId, type UserId } from '#contract/id.ts'
import type { Month } from '#contract/month.ts'
import type { ApprovalAnswer, ApprovalOutcome } from '#contract/summary-request.ts'
import { substanceWords } from '#contract/summary.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import { hexDigestOf } from '#server/keys/digest.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { Store } from '#server/store/store.ts'
import { tellsAddress } from './addresses.ts'
import { readMonth, type MonthDraft, type Terms } from './month-source.ts'
import { summaryDocument, textOf, type Names } from './summary-document.ts'
import { openMissing } from './tell.ts'

interface Parts {
  readonly store: Store
  readonly clock: Clock
}

interface Asked {
  readonly customership: CustomershipId
  readonly organiser: string
  readonly month: Month
  /** What whoever approves has seen of it. */
  readonly based: number | null
  readonly despite: boolean
  readonly by: UserId
}

type Result = ApprovalAnswer['results'][number]

/** Numbered, locked and hashed in one commit; asked twice it is approved once. */
export async function approveSummary(
  { store, clock }: Parts,
  asked: Asked,
  terms: Terms,
  names: Names
): Promise<Result> {
  const { customership, organiser, month, based, despite, by } = asked
  const told = (outcome: ApprovalOutcome, number: string | null = null): Result => ({
    customership,
    organiser,
    outcome,
    number
  })
  return store.register.transact(async (tx) => {
    const drafts = await store.register.read(customership, (one) => readMonth(one, month, terms))
    const draft = drafts?.find((one) => one.organiser === organiser)
    if (!draft) return told('absent')
    const latest = draft.versions.at(-1)
    if (latest?.data.locked) return told('already', latest.data.locked.number)
    if ((latest?.revision ?? null) !== based) return told('changed')
    if (!despite && openMissing(draft).length > 0) return told('missing')
    if (tellsAnyAddress(draft)) return told('address')

    const now = clock.now()
    const running = await store.nextNumber(`summary/${organiser}/${month.slice(0, 4)}`)
    const number = `${organiser}-${month.slice(0, 4)}-${String(running).padStart(4, '0')}`
    const { substance, overrun } = wordsOf(draft)
    const version = latest?.data.version ?? 1
    const replaces = latest?.data.replaces
    const own = { ...draft, language: latest?.data.language ?? draft.language }
    const text = textOf(
      summaryDocument(own, names, {
        ...{ number, version, by, at: now, substance, overrun },
        replaces: replaces && { number: replaces.number, reason: replaces.reason }
      })
    )
    const changed = await tx.change(
      customership,
      (change) =>
        change.put(
          'summary',
          latest?.id ?? newEntryId(now),
          {
            deliveries: [],
            ...latest?.data,
            ...{ organiser, month, version, substance },
            language: own.language,
            ...(overrun === undefined ? {} : { overrun }),
            state: 'approved',
            locked: { number, at: toMoment(now), by, hash: hexDigestOf(text), text }
          },
          by
        ),
      { alsoClosed: true }
    )
    if (!('value' in changed)) return told('absent')
    await recordUse(store, clock, { customership, user: by, kind: 'write', purpose: 'reporting' })
    return told('approved', number)
  })
}

const newEntryId = (now: number): EntryId => entryIdSchema.parse(newUuidV7(now))

const wordsOf = (draft: MonthDraft) => ({
  substance: draft.versions.at(-1)?.data.substance ?? draft.drafted,
  overrun: draft.versions.at(-1)?.data.overrun
})

/** An address may have become protected after the words were written. */
function tellsAnyAddress(draft: MonthDraft): boolean {
  const { substance, overrun } = wordsOf(draft)
  const texts = [...substanceWords.map((word) => substance[word]), overrun]
  return texts.some((text) => tellsAddress(text ?? '', draft.addresses))
}
