import { emblemLimits } from '#contract/emblem.ts'
import { contextOf } from '#lib/documents/canvas.ts'
import { fileHeadOf } from '#lib/documents/file-head.ts'

/** In print, 300 dots to the inch at the largest that a paper draws it. */
const most = { width: 640, height: 200 } as const
const largestFileBytes = 20 * 1024 * 1024
const largestPixels = 40_000_000

/** A picture as papers carry it: small, upright and on white. Null when no picture comes of the file. */
export async function emblemOf(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  if (file.size > largestFileBytes) return null
  const head = fileHeadOf(new Uint8Array(await file.arrayBuffer()))
  if (head?.kind !== 'picture' || head.width * head.height > largestPixels) return null
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return null
  }
  const canvas = drawn(picture)
  picture.close()
  // A photograph may be too large as a PNG, which alone keeps the edges of letters sharp.
  const sharp = await bytesOf(canvas, 'image/png')
  const fits = sharp && sharp.length <= emblemLimits.bytes
  return fits ? sharp : bytesOf(canvas, 'image/jpeg')
}

/** How large it is kept: never larger than it came. */
export function emblemSize(size: { width: number; height: number }) {
  const scale = Math.min(1, most.width / size.width, most.height / size.height)
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale))
  }
}

function drawn(picture: ImageBitmap): HTMLCanvasElement {
  const { width, height } = emblemSize(picture)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  // Papers are white, and what is transparent has to be unpacked again for each of them.
  const context = canvas.getContext('2d', { alpha: false }) ?? contextOf(canvas)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return canvas
}

async function bytesOf(
  canvas: HTMLCanvasElement,
  type: 'image/png' | 'image/jpeg'
): Promise<Uint8Array<ArrayBuffer> | null> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, type, 0.9)
  })
  return blob && new Uint8Array(await blob.arrayBuffer())
}
