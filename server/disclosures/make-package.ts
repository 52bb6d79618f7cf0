import type { CustomershipId } from '#contract/id.ts'
import type { PackagePart } from '#contract/return-package.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import { recordUse } from '#server/audit/usage.ts'
import { Archive, breathe, type FileSum } from '#server/packing/archive.ts'
import { newPassphrase } from '#server/packing/passphrase.ts'
import { Drawer } from '#server/paper/drawer.ts'
import { withEmblem } from '#server/paper/paper.ts'
import type { Store } from '#server/store/store.ts'
import { bindDocument } from './document-files.ts'
import { manifestText, publicKeyPem, signatureOf } from './manifest.ts'
import {
  documentsWithPages,
  partName,
  readPackageSource,
  type PackageSource,
  type PackageWish
} from './package-source.ts'
import { PieceSink } from './piece-sink.ts'
import { readMeText } from './read-me.ts'
import { recordPaper } from './record-paper.ts'
import { recordSchemaText, recordText } from './return-record.ts'
import { usageTable } from './usage-table.ts'

interface PackageParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
}

/** Something was changed or removed while the package was made. */
class Overtaken extends Error {}

/**
 * §7, §10: what leaves for the organiser before anything is deleted: a paper for people, and an
 * archive for their system, both under one new passphrase. Everything passes through memory, and
 * lies here sealed under the customership's key. Null: it is not ending, or somebody came between.
 */
export async function makePackage(
  parts: PackageParts,
  wish: PackageWish
): Promise<PackageSource | null> {
  const now = parts.clock.now()
  const number = newNumber()
  const source = await readPackageSource(parts.store, wish, { number, now })
  if (!source) return null
  const drawer = new Drawer()
  try {
    await build(parts, source, drawer)
    return source
  } catch (error) {
    await parts.store.register.transact(async (tx) => {
      const packages = await tx.packages(wish.id)
      await packages?.removePieces(number)
    })
    if (error instanceof Overtaken) return null
    throw error
  } finally {
    await drawer.close()
  }
}

async function build(parts: PackageParts, source: PackageSource, drawer: Drawer): Promise<void> {
  const { store, keyStore, clock } = parts
  const { number, madeAt, language, facts } = source
  const passphrase = newPassphrase()
  const sinkOf = (part: PackagePart) =>
    new PieceSink((piece, bytes) => putPiece(store, facts.id, { number, part, piece, bytes }))

  const archiveSink = sinkOf('archive')
  const archive = new Archive((bytes) => archiveSink.write(bytes), { passphrase, madeAt })
  await archive.add('README.txt', readMeText(number), { isOpen: true })
  const files = new Map<PackageSource['entries'][number]['id'], string[]>()
  for (const [index, document] of documentsWithPages(source).entries()) {
    const pages = await readPages(store, facts.id, document.id, document.data.pages.length)
    const name = { place: index + 1, language, madeAt }
    const bound = await bindDocument(drawer, document, pages, name)
    for (const file of bound) await archive.add(file.name, file.bytes, { isPacked: true })
    files.set(
      document.id,
      bound.map((file) => file.name)
    )
  }

  const emblem = await store.emblem.read()
  const paper = await drawer.draw(withEmblem(recordPaper(source, files, passphrase), emblem))
  const recordSink = sinkOf('record')
  await recordSink.write(paper)
  const recordSha256 = await recordSink.end()
  const record: FileSum = {
    name: partName(number, 'record'),
    bytes: recordSink.bytes,
    sha256: recordSha256
  }

  await archive.add('record.json', recordText(source, files))
  await archive.add('record.schema.json', recordSchemaText())
  await archive.add('usage-log.csv', usageTable(source))
  await archive.add('provider-key.pem', publicKeyPem(keyStore))
  const manifest = manifestText(source, record, archive.sums)
  await archive.add('manifest.json', manifest)
  await archive.add('manifest.sig', signatureOf(keyStore, manifest))
  await archive.close()
  const archiveSha256 = await archiveSink.end()

  await store.register.transact(async (tx) => {
    const packages = await tx.packages(facts.id)
    const isKept = await packages?.put(
      {
        number,
        language,
        madeAt,
        by: source.madeBy,
        revision: facts.revision,
        recordBytes: recordSink.bytes,
        recordSha256,
        archiveBytes: archiveSink.bytes,
        archiveSha256
      },
      passphrase,
      recordSink.pieces + archiveSink.pieces
    )
    if (!isKept) throw new Overtaken()
    const use = { customership: facts.id, user: source.madeBy, purpose: 'reporting' } as const
    await recordUse(store, clock, { ...use, kind: 'print' })
  })
}

/** `LP-4F2A-91C7`: random, so that it tells neither how many there are nor in which order. */
function newNumber(): string {
  const letters = newUuidV4().replaceAll('-', '').slice(0, 8).toUpperCase()
  return `LP-${letters.slice(0, 4)}-${letters.slice(4)}`
}

async function putPiece(
  store: Store,
  id: CustomershipId,
  o: { number: string; part: PackagePart; piece: number; bytes: Buffer }
): Promise<void> {
  await store.register.transact(async (tx) => {
    const packages = await tx.packages(id)
    if (!packages) throw new Overtaken()
    await packages.putPiece(o.number, o.part, o.piece, o.bytes)
  })
  await breathe()
}

async function readPages(
  store: Store,
  id: CustomershipId,
  document: PackageSource['entries'][number]['id'],
  count: number
) {
  const pages = []
  for (let number = 1; number <= count; number += 1) {
    const page = await store.register.read(id, (reader) => reader.pages.read(document, number))
    if (!page) throw new Overtaken()
    pages.push(page)
    await breathe()
  }
  return pages
}
