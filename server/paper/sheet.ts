import { breakLines, type Style } from './lines.ts'
import { inks, page } from './look.ts'
import { Typefaces } from './typefaces.ts'
import { type ElementOptions, writeSaying } from './untold.ts'

/** Of whichever face, all letters of a line stand on one line. */
const asWritten = { lineBreak: false, baseline: 'alphabetic' } as const

export type Element = PDFKit.PDFStructureElement

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where on the paper the next line stands; turns the page when there is no room left. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly type: Typefaces
  readonly root: Element
  y: number = page.top
  /** Told by whoever must write something again on a new page. */
  onTurn: (() => void) | null = null
  /** How deep the section is that is being written. */
  #level = 0

  constructor(doc: PDFKit.PDFDocument) {
    this.doc = doc
    this.type = new Typefaces(doc)
    this.root = doc.struct('Document')
    doc.addStructure(this.root)
  }

  get left(): number {
    return page.bottom - this.y
  }

  get isAtTop(): boolean {
    return this.y <= page.top
  }

  turn(): void {
    this.doc.addPage()
    this.y = page.top
    this.onTurn?.()
  }

  /** A line of its own height must fit, and so must what may not be parted from it. */
  require(height: number): void {
    if (this.left < height && !this.isAtTop) this.turn()
  }

  element(kind: string, parent = this.root, options: ElementOptions = {}): Element {
    const element = this.doc.struct(kind, options)
    parent.add(element)
    return element
  }

  /** ISO 14289-1 7.4.2: the first heading is an H1, and none is deeper by more than one than the one before. */
  beginSection(level: number): string {
    this.#level = Math.min(level, this.#level + 1)
    return `H${this.#level}`
  }

  headInSection(): string {
    return `H${this.#level + 1}`
  }

  lines(text: string, style: Style, width: number): string[] {
    return breakLines(this.type, text, style, width)
  }

  /** Lines of one element, going on to as many pages as they need. */
  flow(element: Element, lines: readonly string[], style: Style, x: number): void {
    let waiting = [...lines]
    while (waiting.length > 0) {
      this.require(style.leading)
      const fits = waiting.slice(0, Math.max(1, Math.floor(this.left / style.leading)))
      waiting = waiting.slice(fits.length)
      this.write(element, fits, style, x, this.y)
      this.y += fits.length * style.leading
    }
  }

  /** Lines at a place, as content of the element. */
  write(element: Element, lines: readonly string[], style: Style, x: number, y: number): void {
    const content = this.doc.markStructureContent('Span')
    this.ink(lines, style, x, y)
    this.doc.endMarkedContent()
    element.add(content)
  }

  /** A picture, whatever it is drawn of: a screen reader says its words instead. */
  figure(alt: string, place: Place, draw: () => void): void {
    const { x, y, width, height } = place
    const bbox = [x, y, x + width, y + height] as const
    const element = this.element('Figure', this.root, { alt, bbox })
    const content = this.doc.markStructureContent('Figure')
    draw()
    this.doc.endMarkedContent()
    element.add(content)
    element.end()
  }

  /** What a screen reader passes over: lines, bands, what stands on every page. */
  beside(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type })
    draw()
    this.doc.endMarkedContent()
  }

  writeBeside(text: string, style: Style, x: number, y: number): void {
    this.beside(() => {
      this.ink([text], style, x, y)
    }, 'Pagination')
  }

  rule(
    y: number,
    colour: string = inks.line,
    x: number = page.left,
    wide: number = page.width
  ): void {
    this.beside(() => {
      this.doc
        .moveTo(x, y)
        .lineTo(x + wide, y)
        .lineWidth(0.6)
        .strokeColor(colour)
        .stroke()
    })
  }

  /** Lines at a place, as part of whatever is being drawn. */
  ink(lines: readonly string[], { weight, size, leading, colour }: Style, x: number, y: number) {
    const ascent = this.type.ascent(weight, size)
    this.doc.fillColor(colour)
    for (const [index, line] of lines.entries()) {
      let at = x
      for (const run of this.type.runs(line, weight)) {
        const width = this.type.widthOf(run, size)
        const place = { x: at, y: y + index * leading + ascent }
        if (run.says === undefined) this.doc.text(run.text, place.x, place.y, asWritten)
        else writeSaying(this.doc, { text: run.text, says: run.says, ...place })
        at += width
      }
    }
  }
}
