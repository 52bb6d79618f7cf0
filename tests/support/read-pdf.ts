import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

interface StructureNode {
  readonly role?: string
  readonly alt?: string
  readonly children?: readonly StructureNode[]
}

export interface ReadPage {
  readonly text: string
  /** Of every element that is tagged on it. */
  readonly roles: readonly string[]
  /** What is said of each of its pictures. */
  readonly pictures: readonly string[]
}

export interface ReadPdf {
  readonly title: string
  readonly language: string | null
  readonly pages: readonly ReadPage[]
  readonly text: string
  /** What it says of itself, as XML. */
  readonly metadata: string
}

/** Opens it as a reader does; throws when the password is missing or wrong. */
export async function readPdf(bytes: Uint8Array, password?: string): Promise<ReadPdf> {
  const task = getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: false,
    verbosity: 0,
    ...(password === undefined ? {} : { password })
  })
  try {
    const pdf = await task.promise
    const { info, metadata } = (await pdf.getMetadata()) as {
      info: { Title?: string; Language?: string }
      metadata: { getRaw(): string } | null
    }
    const pages: ReadPage[] = []
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      const tree = (await page.getStructTree()) as StructureNode | null
      const text = items
        .map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : ''))
        .join('')
      pages.push({
        text: oneSpaced(text),
        roles: tree ? rolesOf(tree) : [],
        pictures: tree ? picturesOf(tree) : []
      })
    }
    const text = pages.map((page) => page.text).join(' ')
    return {
      title: info.Title ?? '',
      language: info.Language ?? null,
      pages,
      text,
      metadata: metadata?.getRaw() ?? ''
    }
  } finally {
    await task.destroy()
  }
}

/** Lines end where the page does, so that what was written is found again however it was broken. */
export const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim()

const rolesOf = (node: StructureNode): string[] => [
  ...(node.role ? [node.role] : []),
  ...(node.children ?? []).flatMap(rolesOf)
]

const picturesOf = ({ role, alt, children = [] }: StructureNode): string[] => [
  ...(role === 'Figure' && alt !== undefined ? [alt] : []),
  ...children.flatMap(picturesOf)
]
