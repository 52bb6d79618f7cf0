import type { CustomershipId, OperationId } from '#contract/id.ts'
import { parseLenient } from '#contract/lenient.ts'
import type { Operation } from '#contract/operation.ts'
import { organisationOnTabletSchema, type OrganisationOnTablet } from '#contract/organisation.ts'
import { now, today, type TimeMark } from '#lib/device/clock.ts'
import type { OutboxRow, SealedRow } from '#lib/device/database.ts'
import type { HeldFace } from '#lib/vault/face.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { isOver } from '#lib/vault/purge.ts'
import type { Face } from './face.ts'
import { layOverFace } from './lay-over-face.ts'
import { OpenedValues } from './opened.ts'
import { isLineWords, outboxLine, reasonItem, unreadLine, type OutboxLine } from './outbox-line.ts'
import { isStillOwn, operationIn, type OwnOperation } from './own-operation.ts'
import type { Snapshot } from './snapshot.ts'

export interface Drawn {
  readonly faces: readonly Face[]
  /** Held, but a bit of them is another than was sealed. */
  readonly unreadable: readonly CustomershipId[]
  readonly outbox: readonly OutboxLine[]
  readonly organisation: OrganisationOnTablet | null
}

/** What an own operation says; null for one that this version cannot read. */
interface ReadCopy {
  readonly operation: Operation | null
}

/** Why the office did not take an own operation, sealed. */
interface Reason {
  readonly id: OperationId
  readonly reason: ArrayBuffer
}

/** Opens what a snapshot holds, each sealed value once, and lays the author's own words over it. */
export class Drawing {
  readonly #vault: OpenVault
  readonly #faces = new OpenedValues()
  /** By the line that was written with each, in the same commit. */
  readonly #copies = new OpenedValues()
  readonly #lines = new OpenedValues()
  readonly #reasons = new OpenedValues()
  /** By what they were drawn from: what did not change stays the same object. */
  #drawn = new Map<string, Face>()
  #organisation: OrganisationOnTablet | null = null
  #organisationRevision: number | null = null

  constructor(vault: OpenVault) {
    this.#vault = vault
  }

  /** `mark`: what the tablet knows about time, where it was read with the snapshot. */
  async draw(snapshot: Snapshot, mark?: TimeMark): Promise<Drawn> {
    const day = today(mark ?? (await this.#vault.door.timeMark()), now())
    const rows = snapshot.faces.filter((row) => !isOver(row, day))
    const written = snapshot.outbox.filter((row) => !row.quiet)
    const turnedDown = written.flatMap(({ id, reason }) => (reason ? [{ id, reason }] : []))
    const [values, own, words, reasons] = await Promise.all([
      this.#faces.of(
        rows,
        ({ sealed }) => sealed,
        (unread) => this.#vault.openHeld('faces', unread, snapshot.manifest)
      ),
      this.#ownIn(written.filter(({ id }) => snapshot.copies.has(id))),
      this.#lines.of(
        written,
        ({ line }) => line,
        (unread) => this.#vault.openLines(unread)
      ),
      this.#reasons.of(
        turnedDown,
        ({ reason }) => reason,
        (unread) => this.#openReasons(unread)
      ),
      this.#readOrganisation(snapshot)
    ])
    this.#faces.keepOnly(rows)
    this.#copies.keepOnly(written)
    this.#lines.keepOnly(written)
    this.#reasons.keepOnly(turnedDown)
    const reasonById = new Map(turnedDown.map(({ id }, index) => [id, reasons[index]]))
    const faces = this.#drawFaces(rows, values, own)
    const firstNames = new Map(faces.map(({ id, firstName }) => [id, firstName]))
    const waiting = new Set(snapshot.outbox.flatMap((row) => (row.waiting ? [row.seq] : [])))
    const readable = new Set(own.map(({ row }) => row.id))
    const outbox = written.map((row, index) => {
      const told = words[index]
      return outboxLine(
        row,
        isLineWords(told) ? told : unreadLine(row),
        firstNames.get(row.customership),
        waiting,
        reasonById.get(row.id),
        readable.has(row.id)
      )
    })
    return {
      faces,
      unreadable: rows.filter((_, index) => !values[index]).map(({ id }) => id),
      outbox: outbox.sort((a, b) => a.seq - b.seq),
      organisation: this.#organisation
    }
  }

  #openReasons(rows: readonly Reason[]): Promise<unknown[]> {
    return Promise.all(rows.map(({ id, reason }) => this.#vault.openOwn(reasonItem(id), 0, reason)))
  }

  /** The own operations of one customership that can still be read, as they stand now. */
  async ownOf(customership: CustomershipId): Promise<OwnOperation[]> {
    const { database } = this.#vault
    const { copies, outbox } = database
    const rows = await database.transaction('r', [copies, outbox], async () => {
      const held = await copies.where('customership').equals(customership).primaryKeys()
      return outbox.bulkGet(held)
    })
    return this.#ownIn(rows.filter((row) => row !== undefined))
  }

  async #ownIn(rows: readonly OutboxRow[]): Promise<OwnOperation[]> {
    const values = await this.#copies.of(
      rows,
      ({ line }) => line,
      (unread) => this.#readCopies(unread)
    )
    return rows.flatMap((row, index) => {
      const { operation } = (values[index] ?? {}) as Partial<ReadCopy>
      return operation ? [{ operation, row }] : []
    })
  }

  async #readCopies(rows: readonly OutboxRow[]): Promise<(ReadCopy | null)[]> {
    if (rows.length === 0) return []
    const found = await this.#vault.database.copies.bulkGet(rows.map(({ id }) => id))
    const copies = found.filter((copy) => copy !== undefined)
    const values = await this.#vault.openCopies(copies)
    const valueById = new Map(copies.map(({ id }, index) => [id, values[index] ?? null]))
    return rows.map(({ id }) => {
      const value = valueById.get(id) ?? null
      return value === null ? null : { operation: operationIn(value) }
    })
  }

  #drawFaces(
    rows: readonly SealedRow[],
    values: readonly unknown[],
    own: readonly OwnOperation[]
  ): Face[] {
    const drawn = new Map<string, Face>()
    const ownById = Map.groupBy(own, ({ operation }) => operation.customership)
    const faces = rows.flatMap((row, index) => {
      const value = values[index] as HeldFace | null | undefined
      if (!value) return []
      const over = (ownById.get(row.id) ?? []).filter((one) => isStillOwn(one, row.revision))
      const nonces = over.map((one) => one.row.envelope.nonce)
      const key = [row.id, row.revision, row.view, ...nonces].join(' ')
      const face = this.#drawn.get(key) ?? {
        ...layOverFace(value, over, this.#vault.user),
        id: row.id,
        revision: row.revision
      }
      drawn.set(key, face)
      return [face]
    })
    this.#drawn = drawn
    return faces
  }

  async #readOrganisation({ organisation }: Snapshot): Promise<void> {
    if (!organisation || organisation.revision === this.#organisationRevision) return
    const { revision, sealed } = organisation
    const value = await this.#vault.openOwn('organisation', revision, sealed)
    const parsed = parseLenient(organisationOnTabletSchema, value)
    if (!parsed.success) return
    this.#organisationRevision = revision
    this.#organisation = parsed.data
  }
}
