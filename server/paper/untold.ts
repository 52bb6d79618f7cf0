// What pdfkit 0.20 does and its type declarations do not tell of.

/** Which letters a font has. */
export interface Letters {
  hasGlyphForCodePoint(point: number): boolean
}

interface Picture {
  readonly width: number
  readonly height: number
}

interface Untold {
  readonly _font: { readonly font: Letters }
  openImage(bytes: Buffer): Picture
}

export function lettersOfChosenFont(doc: PDFKit.PDFDocument): Letters {
  return (doc as unknown as Untold)._font.font
}

export function openPicture(doc: PDFKit.PDFDocument, bytes: Uint8Array): Picture {
  return (doc as unknown as Untold).openImage(Buffer.from(bytes))
}

/** What a structure element may say of itself besides. */
export interface ElementOptions extends PDFKit.Mixins.StructureElementOptions {
  readonly scope?: 'Row' | 'Column'
  readonly bbox?: readonly [number, number, number, number]
}

/** ISO 14289: a reader is told that the paper keeps to it. */
export const universalAccess = { subset: 'PDF/UA' } as unknown as PDFKit.PDFDocumentOptions
