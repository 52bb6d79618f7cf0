import type { ExportProfile } from './export-profile.ts'

/** What Windows-1252 has where Latin-1 has control characters. */
const extras = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function toWindows1252(text: string): { bytes: Uint8Array<ArrayBuffer>; lost: number } {
  let lost = 0
  const codes = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code
    const index = extras.indexOf(character)
    if (index >= 0 && code > 0xff) return 0x80 + index
    lost += 1
    return 0x3f
  })
  return { bytes: Uint8Array.from(codes), lost }
}

/** `lost` counts the characters that the encoding has not, such as a Sámi letter in Windows-1252. */
export function encodeText(
  text: string,
  encoding: ExportProfile['encoding']
): { bytes: Uint8Array<ArrayBuffer>; lost: number } {
  if (encoding === 'windows-1252') return toWindows1252(text)
  const marked = encoding === 'utf-8-mark' ? `\ufeff${text}` : text
  return { bytes: new TextEncoder().encode(marked), lost: 0 }
}
