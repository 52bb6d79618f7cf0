import { documentLimits, type DocumentPage } from '#contract/document.ts'
import { cleanJpeg } from './jpeg.ts'
import { cleanPng } from './png.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Without anything but its pixels and what is needed to draw them. */
export interface Picture extends Size {
  readonly mediaType: DocumentPage['mediaType']
  readonly bytes: Buffer
}

/** Why bytes are no page: a closed list, so that nothing of the file is repeated in an answer. */
export type PictureFault = 'not-a-picture' | 'broken-picture' | 'too-many-pixels' | 'too-large'

const mostPixels = 40_000_000
const longestSide = 12_000

/** Read from the header, before anybody decodes: a small file may claim a picture that fills the memory. */
export function isTooLarge({ width, height }: Size): boolean {
  return width > longestSide || height > longestSide || width * height > mostPixels
}

const jpegSignature = Buffer.from([0xff, 0xd8, 0xff])
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const begins = (bytes: Buffer, signature: Buffer): boolean =>
  bytes.subarray(0, signature.length).equals(signature)

/**
 * What the bytes themselves say, whatever they are called. Nothing is decoded here: the structure is
 * walked, what tells of a camera, a place or an earlier picture (a thumbnail that no black box
 * covers) is left out, and a file that is also something else is refused. A library that decodes
 * would bring a decoder's faults to where the keys are.
 */
export function readPicture(bytes: Buffer): Picture | PictureFault {
  if (bytes.length > documentLimits.pageBytes) return 'too-large'
  if (begins(bytes, jpegSignature)) return cleanJpeg(bytes)
  if (begins(bytes, pngSignature)) return cleanPng(bytes)
  return 'not-a-picture'
}
