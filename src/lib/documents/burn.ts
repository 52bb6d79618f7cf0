import { sha256OfBytes } from '#lib/vault/digest.ts'
import { pixelsOf, type Box } from './box.ts'
import { blankCanvas, contextOf, encoded } from './canvas.ts'
import type { DrawnPage, EditedPage } from './drawn-page.ts'

/** How a page is to be kept: quarter turns clockwise, and what is covered as it then is seen. */
export interface Edit {
  readonly turns: number
  readonly boxes: readonly Box[]
}

export const untouched: Edit = { turns: 0, boxes: [] }

/** §8: what is covered is black in the pixels themselves; nothing lies under it any more. */
export async function burnt(page: DrawnPage, edit: Edit): Promise<EditedPage> {
  const bytes = edit.turns === 0 && edit.boxes.length === 0 ? page.bytes : await drawn(page, edit)
  return { bytes, mediaType: 'image/jpeg', sha256: await sha256OfBytes(bytes) }
}

async function drawn(page: DrawnPage, { turns, boxes }: Edit): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(new Blob([page.bytes], { type: 'image/jpeg' }))
  const lies = turns % 2 === 1
  const width = lies ? page.height : page.width
  const height = lies ? page.width : page.height
  const canvas = blankCanvas(width, height)
  const context = contextOf(canvas)
  context.translate(width / 2, height / 2)
  context.rotate((turns * Math.PI) / 2)
  context.drawImage(picture, -page.width / 2, -page.height / 2)
  context.resetTransform()
  picture.close()
  context.fillStyle = '#000000'
  for (const box of boxes) {
    const pixels = pixelsOf(box, canvas)
    context.fillRect(pixels.x, pixels.y, pixels.width, pixels.height)
  }
  return encoded(canvas)
}
