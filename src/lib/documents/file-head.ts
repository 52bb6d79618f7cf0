/** What a file is by its first bytes, whatever its name says, and how many pixels it would unpack to. */
export type FileHead =
  | { readonly kind: 'picture'; readonly width: number; readonly height: number }
  | { readonly kind: 'pdf' }

export function fileHeadOf(bytes: Uint8Array): FileHead | null {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return { kind: 'pdf' }
  const size = startsWith(bytes, pngSign)
    ? pngSize(bytes)
    : startsWith(bytes, [0xff, 0xd8, 0xff])
      ? jpegSize(bytes)
      : null
  return size && size.width > 0 && size.height > 0 ? { kind: 'picture', ...size } : null
}

const pngSign = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

interface Size {
  readonly width: number
  readonly height: number
}

const startsWith = (bytes: Uint8Array, sign: readonly number[]): boolean =>
  sign.every((byte, index) => bytes[index] === byte)

/** The header chunk comes first (PNG § 11.2.1). */
function pngSize(bytes: Uint8Array): Size | null {
  if (bytes.length < 24) return null
  const view = viewOf(bytes)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Walks the segments to the first frame header (ITU-T T.81 § B.2.2). */
function jpegSize(bytes: Uint8Array): Size | null {
  const view = viewOf(bytes)
  for (let at = 2; at + 9 < bytes.length;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    // Markers may be led by any number of fill bytes.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrameHeader(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** SOF0 to SOF15, without the tables that share their range. */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
