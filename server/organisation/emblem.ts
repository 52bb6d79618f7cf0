import { emblemLimits } from '#contract/emblem.ts'
import { readPicture, type Picture, type PictureFault } from '#server/pictures/picture.ts'
import { hasAllSamples } from '#server/pictures/png.ts'

/** SECURITY 17: what the bytes are, whatever they are called, and nothing but the pixels of it. */
export function readEmblem(bytes: Buffer): Picture | PictureFault {
  if (bytes.length > emblemLimits.bytes) return 'too-large'
  const picture = readPicture(bytes)
  if (typeof picture === 'string') return picture
  const { width, height, mediaType } = picture
  if (Math.max(width, height) > emblemLimits.side) return 'too-many-pixels'
  if (width * height > emblemLimits.pixels) return 'too-many-pixels'
  // A PNG is unpacked for each paper: one that cannot be would keep every paper from being drawn.
  if (mediaType === 'image/png' && !hasAllSamples(picture.bytes)) return 'broken-picture'
  return picture
}
