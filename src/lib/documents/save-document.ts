import type { DocumentAdd } from '#contract/document.ts'
import type { CustomershipId, EntryId, OperationId } from '#contract/id.ts'
import { toBase64url } from '#lib/device/base64url.ts'
import { withLock } from '#lib/device/locks.ts'
import { newEntryId } from '#lib/device/new-id.ts'
import { lastNumber, placeTogether, stow, type Placing } from '#lib/outbox/outbox.ts'
import { pieceOf, pieceOperation, type Piece } from '#lib/sync/piece.ts'
import type { Replica } from '#lib/sync/replica.svelte.ts'
import type { Submission, Submitting } from '#lib/sync/submit.ts'
import { sha256OfBytes } from '#lib/vault/digest.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { cutsOf, type Cut } from './cut.ts'
import type { EditedPage } from './drawn-page.ts'
import { savingLock } from './saving-lock.ts'

export interface ScannedDocument {
  readonly customership: CustomershipId
  readonly facts: Omit<DocumentAdd, 'document' | 'pages'>
  readonly pages: readonly EditedPage[]
}

export interface SavingProgress {
  readonly done: number
  readonly total: number
}

const longestRace = 5

type Sealed = Pick<Placing, 'row' | 'copy'>

/**
 * Resolves when all of it is durable: every page and part is sealed and on the disk, and one commit
 * makes them a document. Cut off before it, there is none, and what lies there is swept away.
 */
export function saveDocument(
  replica: Pick<Replica, 'alone' | 'device'>,
  scanned: ScannedDocument,
  onProgress: (progress: SavingProgress) => void
): Promise<EntryId> {
  return withLock(savingLock(replica.device), () =>
    replica.alone(async (submitting, vault) => {
      const saving = new Saving(submitting, vault, scanned, onProgress)
      try {
        return await saving.run()
      } catch (error) {
        await saving.undo()
        throw error
      }
    })
  )
}

class Saving {
  readonly #document = newEntryId()
  readonly #submitting: Submitting
  readonly #vault: OpenVault
  readonly #scanned: ScannedDocument
  readonly #onProgress: (progress: SavingProgress) => void
  #stowed: OperationId[] = []

  constructor(
    submitting: Submitting,
    vault: OpenVault,
    scanned: ScannedDocument,
    onProgress: (progress: SavingProgress) => void
  ) {
    this.#submitting = submitting
    this.#vault = vault
    this.#scanned = scanned
    this.#onProgress = onProgress
  }

  async run(): Promise<EntryId> {
    await this.#keepPages()
    for (let race = 0; race < longestRace; race += 1) {
      const placings = await this.#seal((await lastNumber(this.#vault.database)) + 1)
      if (await placeTogether(this.#vault.database, placings)) return this.#document
      // Another tab took a number, which every signature after it names.
      await this.#unload()
    }
    throw new Error('the outbox is busy')
  }

  async undo(): Promise<void> {
    const { pages } = this.#vault.database
    await this.#unload()
    await pages.bulkDelete(
      this.#scanned.pages.map((_, index): [EntryId, number] => [this.#document, index + 1])
    )
  }

  async #keepPages(): Promise<void> {
    const { customership, pages } = this.#scanned
    for (const [index, { bytes }] of pages.entries()) {
      const name = { customership, document: this.#document, page: index + 1 }
      await this.#vault.database.pages.put(await this.#vault.sealPage(name, bytes))
    }
  }

  async #seal(first: number): Promise<Sealed[]> {
    const { pages } = this.#scanned
    const total = pages.reduce((sum, { bytes }) => sum + cutsOf(bytes.length).length, 0)
    const sealed: Sealed[] = []
    this.#onProgress({ done: 0, total })
    for (const [index, { bytes }] of pages.entries()) {
      for (const cut of cutsOf(bytes.length)) {
        const piece = await this.#pieceOf(index + 1, bytes, cut)
        const operation = pieceOperation(piece, bytes)
        const seq = first + sealed.length
        const { row, copy } = await this.#submitting.seal(operation, seq, { copy: piece })
        this.#stowed.push(row.id)
        sealed.push({ row: await stow(this.#vault.database, row), copy })
        this.#onProgress({ done: sealed.length, total })
      }
    }
    const document = await this.#submitting.operation(this.#added())
    return [...sealed, await this.#submitting.seal(document, first + total, { parts: total })]
  }

  async #pieceOf(page: number, bytes: Uint8Array<ArrayBuffer>, cut: Cut): Promise<Piece> {
    const { from, to, part, parts } = cut
    const cutOut = bytes.slice(from, to)
    const operation = await this.#submitting.operation({
      op: 'document.part',
      customership: this.#scanned.customership,
      body: {
        document: this.#document,
        page,
        part,
        parts,
        sha256: await sha256OfBytes(cutOut),
        bytes: toBase64url(cutOut)
      }
    })
    return pieceOf(operation, from, to)
  }

  #added(): Submission {
    const { customership, facts, pages } = this.#scanned
    const numbered = pages.map(({ sha256, mediaType }, index) => ({
      page: index + 1,
      sha256,
      mediaType
    }))
    return {
      op: 'document.add',
      customership,
      body: { ...facts, document: this.#document, pages: numbered }
    }
  }

  async #unload(): Promise<void> {
    await this.#vault.database.cargo.bulkDelete(this.#stowed)
    this.#stowed = []
  }
}
