import { documentLimits } from '#contract/document.ts'
import { drawPicture } from './draw-picture.ts'
import { fileLimits, type DrawnPage, type FileRefusal } from './drawn-page.ts'
import { fileHeadOf } from './file-head.ts'

export type DrawnFiles =
  | { readonly pages: readonly DrawnPage[] }
  | { readonly refused: FileRefusal; readonly file: string }

/**
 * Every page of the files, in their order, as pixels. One file that cannot be taken refuses all of
 * them: half a document would look like a whole one. `already`: pages that the document has before.
 */
export async function drawFiles(
  files: readonly File[],
  o: { readonly already?: number; readonly onPage?: (done: number) => void } = {}
): Promise<DrawnFiles> {
  const pages: DrawnPage[] = []
  for (const file of files) {
    const room = documentLimits.pages - (o.already ?? 0) - pages.length
    const drawn = await drawFile(file, room, (page) => {
      pages.push(page)
      o.onPage?.(pages.length)
    })
    if (drawn !== null) return { refused: drawn, file: file.name }
  }
  return { pages }
}

async function drawFile(
  file: File,
  room: number,
  onPage: (page: DrawnPage) => void
): Promise<FileRefusal | null> {
  if (room < 1) return 'too-many-pages'
  if (file.size > fileLimits.bytes) return 'too-large'
  const bytes = new Uint8Array(await file.arrayBuffer())
  const head = fileHeadOf(bytes)
  if (head === null) return 'not-a-picture'
  if (head.kind === 'pdf') {
    const { drawPdf } = await import('./draw-pdf.ts')
    return drawPdf(bytes, room, onPage)
  }
  if (head.width * head.height > fileLimits.pixels) return 'too-large'
  const page = await drawPicture(file)
  if (page) onPage(page)
  return page ? null : 'broken'
}
