import PDFDocument from 'pdfkit'

// What pdfkit 0.20 does and its type declarations do not tell of.

/** The letters of one font file, opened once and used by any number of papers. */
export interface Letters {
  hasGlyphForCodePoint(point: number): boolean
  layout(text: string): { readonly glyphs: readonly { readonly codePoints: readonly number[] }[] }
  readonly unitsPerEm: number
  readonly ascent: number
}

interface Picture {
  readonly width: number
  readonly height: number
}

interface Placed {
  readonly xAdvance: number
  readonly xOffset: number
  readonly yOffset: number
}

interface Font {
  readonly id: string
  readonly font: Letters
  readonly unicode: number[][]
  readonly widths: number[]
  readonly scale: number
  ref(): unknown
  encode(text: string): [codes: string[], places: Placed[]]
}

interface Untold {
  readonly _font: Font
  readonly _fontSize: number
  readonly page: { readonly height: number; readonly fonts: Record<string, unknown> }
  addContent(operators: string): void
  openImage(bytes: Buffer): Picture
  appendXML(xml: string): void
  /** Writes what the document says of itself into its metadata. */
  _addInfo(): void
}

const untold = (doc: PDFKit.PDFDocument) => doc as unknown as Untold

export function openLetters(file: Buffer): Letters {
  const options = { autoFirstPage: false, font: file } as unknown as PDFKit.PDFDocumentOptions
  return untold(new PDFDocument(options))._font.font
}

/** A font that is open already is not opened again for each paper. */
export function registerLetters(doc: PDFKit.PDFDocument, name: string, letters: Letters): void {
  doc.registerFont(name, letters as unknown as Buffer)
  doc.font(name)
  const font = untold(doc)._font
  // Of the glyph of what is missing pdfkit writes U+0000, which no code may stand for (ISO 19005-2 6.2.11.7.2),
  // and its width in the font's own units.
  font.unicode[0] = [0xfffd]
  font.widths[0] = (font.widths[0] ?? 0) * font.scale
}

/**
 * Text that says something else than is drawn (ISO 32000-1 14.9.4), from `x` at the baseline `y`. What is said
 * begins after pdfkit has turned the page over, as its own text does not: else a reader looks for it
 * elsewhere on the page.
 */
export function writeSaying(
  doc: PDFKit.PDFDocument,
  { text, says, x, y }: { text: string; says: string; x: number; y: number }
): void {
  const { _font: font, _fontSize: size, page } = untold(doc)
  const [codes, places] = font.encode(text)
  page.fonts[font.id] ??= font.ref()
  doc.save()
  doc.transform(1, 0, 0, -1, 0, page.height)
  doc.markContent('Span', { actual: says })
  const at = (value: number) => value.toFixed(3)
  let advance = 0
  const glyphs = codes.map((code, index) => {
    const { xAdvance, xOffset, yOffset } = places[index] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 }
    const left = x + ((advance + xOffset) * size) / 1000
    advance += xAdvance
    return `1 0 0 1 ${at(left)} ${at(page.height - y + (yOffset * size) / 1000)} Tm <${code}> Tj`
  })
  untold(doc).addContent(['BT', `/${font.id} ${at(size)} Tf`, ...glyphs, 'ET'].join('\n'))
  doc.endMarkedContent()
  doc.restore()
}

export function openPicture(doc: PDFKit.PDFDocument, bytes: Uint8Array): Picture {
  return untold(doc).openImage(Buffer.from(bytes))
}

export function drawPicture(
  doc: PDFKit.PDFDocument,
  picture: Picture,
  { x, y, width, height }: { x: number; y: number; width: number; height: number }
): void {
  doc.image(picture as unknown as Buffer, x, y, { width, height })
}

/** What a structure element may say of itself besides. */
export interface ElementOptions extends PDFKit.Mixins.StructureElementOptions {
  readonly scope?: 'Row' | 'Column'
  readonly bbox?: readonly [number, number, number, number]
}

/** To the heading itself; pdfkit counts `left` from the right edge. */
export function addBookmark(doc: PDFKit.PDFDocument, title: string, y: number): void {
  const place = { left: doc.page.width, top: y }
  doc.outline.addItem(title, place as { expanded?: boolean })
}

/** ISO 14289-1 7.6: a list whose items have labels says which. */
export function labelByBullets(list: PDFKit.PDFStructureElement): void {
  const { dictionary } = list as unknown as { dictionary: { data: Record<string, unknown> } }
  dictionary.data.A = { O: 'List', ListNumbering: 'Disc' }
}

/** Instead of pdfkit's own, which puts a title with an ampersand into XML as it is. */
export function replaceMetadata(doc: PDFKit.PDFDocument, descriptions: string): void {
  untold(doc)._addInfo = () => {
    untold(doc).appendXML(descriptions)
  }
}
