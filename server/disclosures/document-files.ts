import type { Entry } from '#contract/entry.ts'
import type { Drawer } from '#server/paper/drawer.ts'
import type { PackageLanguage } from '#contract/return-package.ts'
import { sayOnPaper } from '#server/paper/words.ts'

type Page = { readonly mediaType: 'image/jpeg' | 'image/png'; readonly bytes: Buffer }

export interface ArchiveFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** One PDF of the pages, or the pictures themselves where a PDF could not take them as they are. */
export async function bindDocument(
  drawer: Drawer,
  document: Entry<'document'>,
  pages: readonly Page[],
  { place, language, madeAt }: { place: number; language: PackageLanguage; madeAt: number }
): Promise<ArchiveFile[]> {
  const name = `document-${String(place).padStart(2, '0')}`
  const bound = pages.every(isTakenAsItIs)
    ? await drawer
        .drawScan({
          title: sayOnPaper(language, `document-type.${document.data.type}`),
          language,
          madeAt,
          pictures: pages.map(({ bytes }, index) => ({
            bytes,
            title: sayOnPaper(language, 'paper.page', { page: index + 1, pages: pages.length })
          }))
        })
        .catch(() => null)
    : null
  if (bound) return [{ name: `${name}.pdf`, bytes: bound }]
  return pages.map(({ mediaType, bytes }, index) => ({
    name: `${name}-${index + 1}.${mediaType === 'image/png' ? 'png' : 'jpg'}`,
    bytes
  }))
}

/** A JPEG, or a PNG without an alpha channel or interlacing: nothing needs to be decoded, which is where decoders fail. */
function isTakenAsItIs({ mediaType, bytes }: Page): boolean {
  if (mediaType === 'image/jpeg') return true
  const [depth = 16, colour = 6, , , interlace = 1] = bytes.subarray(24, 29)
  return depth <= 8 && [0, 2, 3].includes(colour) && interlace === 0 && !bytes.includes('tRNS')
}
