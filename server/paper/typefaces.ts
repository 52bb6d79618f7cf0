import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Letters, lettersOfChosenFont } from './untold.ts'

export type Weight = 'regular' | 'bold'

/** A piece of text that one font can write. */
export interface Run {
  readonly font: string
  readonly text: string
}

// The family comes cut in two: the letters of western Europe, and those of the rest of Latin.
const parts = ['latin', 'latin-ext'] as const
const weights = { regular: 400, bold: 700 } as const

/** Stands for a letter that the family does not have. */
const unknownLetter = '¤'

/** Atkinson Hyperlegible Next, which tells l from I and 0 from O: the app's own letters. */
export class Typefaces {
  readonly #doc: PDFKit.PDFDocument
  readonly #letters = new Map<string, Letters>()
  readonly #widths = new Map<string, number>()
  /** A letter was written that the family does not have. */
  hasUnknown = false

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc
    for (const weight of ['regular', 'bold'] as const)
      for (const part of parts) {
        const name = `${part}-${weight}`
        doc.registerFont(name, fontFile(part, weights[weight]))
        doc.font(name)
        this.#letters.set(name, lettersOfChosenFont(doc))
      }
  }

  runs(text: string, weight: Weight): Run[] {
    const runs: { font: string; text: string }[] = []
    for (const letter of text.normalize('NFC')) {
      const font = this.#fontOf(letter, weight)
      if (!font) this.hasUnknown = true
      const chosen = font ?? `latin-${weight}`
      const written = font ? letter : unknownLetter
      const last = runs.at(-1)
      if (last?.font === chosen) last.text += written
      else runs.push({ font: chosen, text: written })
    }
    return runs
  }

  width(text: string, weight: Weight, size: number): number {
    const name = `${weight} ${text}`
    const known = this.#widths.get(name)
    if (known !== undefined) return known * size
    const width = this.runs(text, weight).reduce(
      (sum, run) => sum + this.#doc.font(run.font, 1).widthOfString(run.text),
      0
    )
    this.#widths.set(name, width)
    return width * size
  }

  #fontOf(letter: string, weight: Weight): string | undefined {
    const point = letter.codePointAt(0) ?? 0
    return parts
      .map((part) => `${part}-${weight}`)
      .find((name) => this.#letters.get(name)?.hasGlyphForCodePoint(point))
  }
}

function fontFile(part: string, weight: number): Buffer {
  const name = `atkinson-hyperlegible-next-${part}-${weight}-normal.woff`
  const place = import.meta.resolve(`@fontsource/atkinson-hyperlegible-next/files/${name}`)
  return readFileSync(fileURLToPath(place))
}
