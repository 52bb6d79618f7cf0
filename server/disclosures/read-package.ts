import { toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { PackageAnswer } from '#contract/return-package.ts'
import type { Store } from '#server/store/store.ts'
import { partName } from './package-source.ts'
import { organiserOf } from './record-handing-over.ts'

/** What the package is, and whether the customership has changed since; not what opens it. */
export async function readPackage(
  store: Store,
  id: CustomershipId
): Promise<PackageAnswer['package']> {
  const read = await store.register.read(id, async (reader) => {
    const facts = await reader.packages.read()
    if (!facts) return null
    const { revision: since } = facts
    const newer = [...(await reader.entries({ since })), ...(await reader.officeEntries({ since }))]
    return { ...facts, organiser: await organiserOf(reader), isCurrent: newer.length === 0 }
  })
  if (!read) return null
  const { number, language, madeAt, by, organiser, isCurrent } = read
  const user = await store.users.find(by)
  return {
    number,
    language,
    madeAt: toMoment(madeAt),
    by,
    byName: user?.displayName ?? '',
    organiser,
    isCurrent,
    parts: [
      {
        part: 'record',
        name: partName(number, 'record'),
        bytes: read.recordBytes,
        sha256: read.recordSha256
      },
      {
        part: 'archive',
        name: partName(number, 'archive'),
        bytes: read.archiveBytes,
        sha256: read.archiveSha256
      }
    ]
  }
}
