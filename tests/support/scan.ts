import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** The word as it could lie on a disk: UTF-8, UTF-16, hex, base64 at three phases, escaped. */
export function encodingsOf(word: string): Buffer[] {
  const utf8 = Buffer.from(word, 'utf8')
  const base64 = [0, 1, 2].map((phase) => {
    const text = Buffer.concat([Buffer.alloc(phase), utf8]).toString('base64')
    // The ends mix with their neighbours: only what is wholly the word's own is looked for.
    return text.slice(phase === 0 ? 0 : 4, -4)
  })
  return [
    utf8,
    Buffer.from(word, 'utf16le'),
    Buffer.from(word, 'latin1'),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(encodeURIComponent(word)),
    Buffer.from(JSON.stringify(word).slice(1, -1)),
    ...base64.map((text) => Buffer.from(text)),
    ...base64.map((text) => Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_')))
  ].filter((bytes) => bytes.length >= 6)
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Which files of the folder hold which of the words, in any of the encodings. */
export async function scanFolder(folder: string, words: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const file of await filesIn(folder)) {
    const bytes = await readFile(file)
    words.forEach((word, index) => {
      if (encodingsOf(word).some((needle) => bytes.includes(needle)))
        found.push(`${relative(folder, file)}: word ${index}`)
    })
  }
  return found
}

/** Which files of the folder hold which of the byte runs, as they are or in base64. */
export async function scanFolderForBytes(
  folder: string,
  needles: readonly Uint8Array[]
): Promise<string[]> {
  const wanted = needles.map((needle) => {
    const bytes = Buffer.from(needle)
    const base64 = [0, 1, 2].map((phase) => {
      const text = bytes.subarray(phase).toString('base64')
      return text.slice(0, text.length - 4)
    })
    return [
      bytes,
      ...base64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
    ]
  })
  const found: string[] = []
  for (const file of await filesIn(folder)) {
    const bytes = await readFile(file)
    wanted.forEach((forms, index) => {
      if (forms.some((form) => bytes.includes(form)))
        found.push(`${relative(folder, file)}: run ${index}`)
    })
  }
  return found
}
