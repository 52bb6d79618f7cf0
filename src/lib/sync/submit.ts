import { toMoment } from '#contract/day.ts'
import { signedText } from '#contract/envelope.ts'
import type { CustomershipId, EntryId, OperationId } from '#contract/id.ts'
import { differingFields, type NoteFields } from '#contract/note.ts'
import { operationSchema, type Operation, type OperationOf } from '#contract/operation.ts'
import { toBase64url } from '#lib/device/base64url.ts'
import { now } from '#lib/device/clock.ts'
import type { OutboxRow } from '#lib/device/database.ts'
import {
  isRewritten,
  lastNumber,
  mustSealAnew,
  place,
  placeAnew,
  type Placing
} from '#lib/outbox/outbox.ts'
import { makeSessionKey, sealEnvelope, type SessionKey } from '#lib/outbox/seal.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { InNote } from './in-note.ts'
import { entryOf, inOrder, isCopy, payloadOf, type OwnOperation } from './own-operation.ts'
import type { LineWords } from './outbox-line.ts'
import { isPiece, pieceOperation } from './piece.ts'

/** What a form hands over. */
export type Submission = {
  [N in Operation['op']]: {
    readonly op: N
    readonly customership: CustomershipId
    /** The entry's revision that the author saw when the writing began; left out, the one held now. */
    readonly based?: number | null
    readonly after?: OperationId
    readonly body: OperationOf<N>['body']
  }
}[Operation['op']]

/** Words saved again soon take the place of the ones before; meanwhile a draft rests this long. */
const restMilliseconds = 10_000
const longestRace = 20

/** The one way out of a form. It lives as long as the vault is open, and its session key with it. */
export class Submitting {
  readonly #vault: OpenVault
  /** The last own operation on each entry that was written or shown since the unlocking. */
  readonly #written = new Map<EntryId, Written>()
  /** Each own operation as it was when this tab last had it before it. */
  readonly #seen = new Map<OperationId, string>()
  #session: { readonly sealingKey: string; readonly key: Promise<SessionKey> } | null = null

  constructor(vault: OpenVault) {
    this.#vault = vault
  }

  /**
   * Whoever goes on from words that are delivered meanwhile continues them: a form was begun from these. `contained`
   * were seen as well, in what is held.
   */
  shown(own: readonly OwnOperation[], contained: readonly OwnOperation[] = []): void {
    for (const { operation } of [...own, ...contained])
      this.#seen.set(operation.id, JSON.stringify(operation))
    for (const { operation, row } of [...own].sort((a, b) => a.row.seq - b.row.seq)) {
      const entry = entryOf(operation)
      const known = entry && this.#written.get(entry)?.operation
      if (entry && (!known || own.some((one) => one.operation.id === known.id)))
        this.#written.set(entry, { operation, line: row.line })
    }
  }

  /**
   * Resolves when it is durable: then, and only then, "saved on this device" is true. `own` are the
   * author's readable operations on the same entry, `held` is the entry's held revision.
   */
  async submit(
    submission: Submission,
    own: readonly OwnOperation[],
    held: number | null
  ): Promise<OperationId> {
    const based = submission.based === undefined ? held : submission.based
    const entry = entryOf(submission)
    const started = { submission, based, held }
    let before = entry === null ? null : await this.#earlier(entry, own, started)
    for (let race = 0; race < longestRace; race += 1) {
      const replaced = before && isReplaceable(before, submission) ? before : null
      // Asked for together: each is a way to the browser's other process and back, and somebody waits for "saved".
      const [operation, last] = await Promise.all([
        this.#operation(withFields(submission, before?.fields), before, replaced, based),
        lastNumber(this.#vault.database)
      ])
      const line = await this.#place(operation, replaced, last, before?.row)
      if (line) {
        // The form has not taken in what was joined to its words: it is joined to the next ones as well.
        const { body } = submission
        if (before?.fields) this.wrote({ ...operation, body } as Operation, null)
        else this.wrote(operation, line)
        return operation.id
      }
      // Another tab took the number, or wrote on the draft, or a delivery began: what was a replacement now follows.
      const row = before && (await this.#vault.database.outbox.get(before.operation.id))
      if (before && row) before = asItIsNow(before, row)
    }
    throw new Error('the outbox is busy')
  }

  /** What is handed over as an operation of its own, that takes the place of no earlier one. */
  async following({ submission, own, held }: Given): Promise<Operation> {
    const based = submission.based === undefined ? held : submission.based
    const entry = entryOf(submission)
    const before = entry && (await this.#earlier(entry, own, { submission, based, held }))
    return this.#operation(withFields(submission, before?.fields), before, null, based)
  }

  /** It is durable: what is written next on its entry continues it. */
  wrote(operation: Operation, line: Written['line']): void {
    const entry = entryOf(operation)
    if (entry === null) return
    this.#written.set(entry, { operation, line })
    this.#seen.set(operation.id, JSON.stringify(operation))
  }

  /**
   * The author's own operation that this one continues: the last one that the words it began from
   * do not contain. Whoever goes on writing after it came back continues it all the same; if
   * somebody else was in between, the server then lays the two texts beside each other. So it does with what
   * another tab of the same author wrote of it, and this one has not had before it, unless it is in other fields.
   */
  async #earlier(
    entry: EntryId,
    own: readonly OwnOperation[],
    { submission, based, held }: Started
  ): Promise<Earlier | null> {
    const { op } = submission
    const known = this.#written.get(entry)
    const written = known?.operation
    const row = written && (await this.#vault.database.outbox.get(written.id))
    const isHere = own.some(({ operation }) => operation.id === written?.id)
    const delivered = known && row && !isHere ? { operation: known.operation, row } : null
    const standing = inOrder([...own, ...(delivered ? [delivered] : [])])
      // What was damaged is sealed once more, and goes on where it did.
      .filter(({ row }) => row.receipt?.outcome !== 'refused' || mustSealAnew(row))
    // What another tab made of it is not here to be read, and stands in what is held.
    const rewritten = delivered && known && !isAsKnown(delivered.row, known) ? delivered : null
    const isUnread = (one: OwnOperation) => one === rewritten || !this.#isSeen(one.operation)
    const seen = based ?? 0
    if (op === 'note.merge' && standing.length > 0) return readInNote(standing, isUnread, seen)
    const last = standing.at(-1)
    if (last && (last.row.receipt?.revision ?? Infinity) <= seen) return null
    if (last && isUnread(last) && isText(op)) {
      // Begun from what is held, before another tab wrote of it.
      if (!written) return null
      const fields = last === rewritten ? null : joinedFields(written, last.operation, submission)
      return fields
        ? { ...last, fields }
        : { operation: written, besides: written.id === last.operation.id }
    }
    if (last) return last
    // Its envelope is safe in a backup and gone from here; what is held tells that it came after.
    return written && (held ?? 0) > seen ? { operation: written } : null
  }

  #isSeen(operation: Operation): boolean {
    return this.#seen.get(operation.id) === JSON.stringify(operation)
  }

  /** The server lost the key of these, or they were damaged; the same payload is sealed once more. */
  async sealAnew(): Promise<void> {
    const { database, device } = this.#vault
    const rows = await database.outbox.filter(mustSealAnew).toArray()
    for (const row of rows) {
      const copy = await database.copies.get(row.id)
      const [opened] = copy ? await this.#vault.openCopies([copy]) : []
      const payload = await this.#payloadIn(opened)
      const key = await this.#key()
      if (payload === null) {
        // Damaged for good: offered once more as it lies, it gets a final answer, and nothing waits behind it.
        await placeAnew(database, row.id, { ...row.envelope, key: key.sealingKey })
        continue
      }
      const sig = await this.#vault.sign(signedText(device, row.id, row.seq, payload))
      const envelope = await sealEnvelope(key, device, row, { payload, sig })
      await placeAnew(database, row.id, envelope)
    }
  }

  async #payloadIn(copy: unknown): Promise<string | null> {
    if (isCopy(copy)) return copy.payload
    if (!isPiece(copy)) return null
    const { document, page } = copy.head.body
    const row = await this.#vault.database.pages.get([document, page])
    const bytes = row && (await this.#vault.openPage(row))
    return bytes ? payloadOf(pieceOperation(copy, bytes)) : null
  }

  /** One that stands alone. */
  operation(submission: Submission): Promise<Operation> {
    return this.#operation(submission, null, null, null)
  }

  async #operation(
    submission: Submission,
    before: Earlier | null,
    replaced: OwnOperation | null,
    seen: number | null
  ): Promise<Operation> {
    const { offset } = await this.#vault.door.timeMark()
    const { op, customership, body } = submission
    const former = replaced ?? (before?.besides ? before : null)
    const follows = former ? former.operation.after : (submission.after ?? before?.operation.id)
    const based = former ? former.operation.based : seen
    return operationSchema.parse({
      id: replaced?.operation.id ?? crypto.randomUUID(),
      op,
      customership,
      author: this.#vault.user,
      at: toMoment(now()),
      clockOffset: Math.round(offset),
      based: based === 0 ? null : based,
      ...(follows === undefined ? {} : { after: follows }),
      body
    })
  }

  /** The line of what is durable now; null when it must be sealed anew. */
  async #place(
    operation: Operation,
    replaced: OwnOperation | null,
    last: number,
    before: OutboxRow | undefined
  ): Promise<ArrayBuffer | null> {
    const placing = await this.seal(operation, replaced?.row.seq ?? last + 1)
    const placed = { ...placing, replaces: replaced !== null, before }
    return (await place(this.#vault.database, placed)) ? placing.row.line : null
  }

  /** With its number, signed, as it may be stored. */
  async seal(
    operation: Operation,
    seq: number,
    o: { readonly copy?: unknown; readonly parts?: number } = {}
  ): Promise<Pick<Placing, 'row' | 'copy'>> {
    const { device } = this.#vault
    const { id, customership, op, at } = operation
    const payload = payloadOf(operation)
    const { copy = { payload }, parts } = o
    const line: LineWords = { op, at, entry: entryOf(operation), ...(parts ? { parts } : {}) }
    const [key, sealed] = await Promise.all([
      this.#key(),
      this.#vault.sealOperation({
        id,
        customership,
        words: signedText(device, id, seq, payload),
        copy,
        line
      })
    ])
    const envelope = await sealEnvelope(key, device, { id, seq }, { payload, sig: sealed.sig })
    const writtenAt = now()
    return {
      row: {
        id,
        seq,
        customership,
        envelope,
        line: sealed.line,
        waiting: 1,
        attempted: false,
        ...(op === 'note.draft' ? {} : { final: true as const }),
        writtenAt,
        ...(op === 'usage.report' || op === 'document.part' ? { quiet: true } : {}),
        ...(op === 'document.part' || op === 'document.add' ? { freight: true } : {}),
        restsUntil: op === 'note.draft' ? writtenAt + restMilliseconds : 0
      },
      copy: { id, customership, sealed: sealed.copy }
    }
  }

  /** What the first thing written would wait for. */
  async prepare(): Promise<void> {
    await this.#key()
  }

  async #key(): Promise<SessionKey> {
    const sealingKey = await this.#vault.database.readMeta('sealingKey')
    if (!sealingKey) throw new Error('a device is enrolled with a sealing key')
    if (this.#session?.sealingKey !== sealingKey.id) {
      const key = makeSessionKey(sealingKey, this.#vault.device)
      this.#session = { sealingKey: sealingKey.id, key }
      // One that failed is made anew for whatever is written next.
      key.catch(() => {
        if (this.#session?.key === key) this.#session = null
      })
    }
    return this.#session.key
  }
}

/** What a form handed over, with what is known of its entry. */
export interface Given {
  readonly submission: Submission
  readonly own: readonly OwnOperation[]
  readonly held: number | null
}

interface Written {
  readonly operation: Operation
  /** By which its row is known: each writing in its place has another. Null when another tab's words were joined to it. */
  readonly line: ArrayBuffer | null
}

interface Started {
  readonly submission: Submission
  readonly based: number | null
  readonly held: number | null
}

interface Earlier {
  readonly operation: Operation
  readonly row?: OutboxRow
  /** What another tab wrote in other fields of it, with what is written now. */
  readonly fields?: NoteFields
  /** Another tab's words stand in its place: what is written now goes on from where it did, beside them. */
  readonly besides?: boolean
}

/**
 * Whoever merges has read two texts and goes on from the note, and not from what lies beside it. Words that came
 * into the note since stand: the server lays the merged text beside them.
 */
function readInNote(
  own: readonly OwnOperation[],
  isUnread: (one: OwnOperation) => boolean,
  seen: number
): Earlier | null {
  const inNote = new InNote()
  const last = own
    .filter(({ row }) => row.receipt?.code !== 'forked')
    .filter((one) => !inNote.liesBeside(one))
    .findLast((one) => !isUnread(one))
  return last && (last.row.receipt?.revision ?? Infinity) > seen ? last : null
}

/** Where two texts may meet. */
const isText = (op: Operation['op']): boolean => op === 'note.draft' || op === 'note.sign'

const draftFields = ({ op, body }: Operation | Submission): NoteFields | null =>
  op === 'note.draft' && 'fields' in body ? body.fields : null

/** What both wrote since `before`, in fields of their own; null when they meet in one. Signed is only what was seen. */
function joinedFields(
  before: Operation,
  other: Operation,
  submission: Submission
): NoteFields | null {
  const [base, theirs, mine] = [before, other, submission].map(draftFields)
  if (!base || !theirs || !mine) return null
  const changed = differingFields(base, theirs)
  const own = new Set(differingFields(base, mine))
  const met = differingFields(theirs, mine).filter((id) => own.has(id) && changed.includes(id))
  if (met.length > 0) return null
  const kept = Object.entries(mine).filter(([id]) => own.has(id) || !changed.includes(id))
  const taken = Object.entries(theirs).filter(([id]) => changed.includes(id) && !own.has(id))
  return Object.fromEntries([...kept, ...taken])
}

const isAsKnown = ({ line }: OutboxRow, known: Written): boolean =>
  known.line !== null &&
  toBase64url(new Uint8Array(line)) === toBase64url(new Uint8Array(known.line))

function withFields(submission: Submission, fields: NoteFields | undefined): Submission {
  return fields && submission.op === 'note.draft'
    ? { ...submission, body: { ...submission.body, fields } }
    : submission
}

function asItIsNow(earlier: Earlier, row: OutboxRow): Earlier {
  const { operation, row: before } = earlier
  if (!before) return earlier
  return isRewritten(before, row) ? { operation, besides: true } : { ...earlier, row }
}

/** Only a draft, by a draft of the same note, and only while no delivery of it was ever attempted, and nothing follows it. */
function isReplaceable(earlier: Earlier, submission: Submission): earlier is OwnOperation {
  const { operation, row } = earlier
  return (
    submission.op === 'note.draft' &&
    operation.op === 'note.draft' &&
    row?.waiting === 1 &&
    !row.attempted &&
    !row.final
  )
}
