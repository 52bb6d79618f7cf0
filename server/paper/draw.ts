import PDFDocument from 'pdfkit'
import { drawBlock } from './blocks.ts'
import { type Conformance, optionsFor, tellConformance } from './conformance.ts'
import { inks, page, styles } from './look.ts'
import type { Paper, Scan } from './paper.ts'
import { Sheet } from './sheet.ts'
import { drawPicture, type ElementOptions, openPicture } from './untold.ts'
import { sayOnPaper } from './words.ts'

/** Draws the paper at once: only where nobody waits for the thread. */
export function draw(paper: Paper): Promise<Buffer> {
  const isOpen = paper.password === undefined
  const doc = openDocument(paper, isOpen ? 'document' : 'locked', {
    size: 'A4',
    ...(isOpen ? {} : { userPassword: paper.password })
  })
  const bytes = collect(doc)
  const sheet = new Sheet(doc)
  doc.addPage()
  if (paper.emblem) drawEmblem(sheet, paper.emblem, paper.from)
  for (const block of paper.blocks) drawBlock(sheet, block)
  if (sheet.type.hasUnknown)
    drawBlock(sheet, {
      is: 'paragraph',
      text: sayOnPaper(paper.language, 'paper.unknownLetters'),
      tone: 'quiet'
    })
  drawRunning(sheet, paper)
  sheet.root.end()
  doc.end()
  return bytes
}

const emblemWidth = 150
const emblemHeight = 46
/** A small picture stays small: at 96 points to the inch a pixel is this wide. */
const pixel = 0.75

function drawEmblem(sheet: Sheet, emblem: Uint8Array, from: string): void {
  const image = openPicture(sheet.doc, emblem)
  const scale = Math.min(emblemWidth / image.width, emblemHeight / image.height, pixel)
  const place = {
    x: page.left,
    y: sheet.y - 6,
    width: image.width * scale,
    height: image.height * scale
  }
  sheet.figure(from, place, () => {
    drawPicture(sheet.doc, image, place)
  })
  sheet.y = place.y + place.height + 14
}

/** A page for each picture, as wide as an A4 and as high as the picture asks. */
export function drawScan(scan: Scan): Promise<Buffer> {
  const doc = openDocument(scan, 'pictures', {})
  const bytes = collect(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  for (const { bytes: picture, title } of scan.pictures) {
    const image = openPicture(doc, picture)
    const wide = image.width > image.height ? 841.89 : 595.28
    const high = (wide * image.height) / image.width
    doc.addPage({ size: [wide, high], margin: 0 })
    const options: ElementOptions = { alt: title, bbox: [0, 0, wide, high] }
    const figure = doc.struct('Figure', options)
    root.add(figure)
    const content = doc.markStructureContent('Figure')
    drawPicture(doc, image, { x: 0, y: 0, width: wide, height: high })
    doc.endMarkedContent()
    figure.add(content)
    figure.end()
  }
  root.end()
  doc.end()
  return bytes
}

function openDocument(
  paper: Pick<Paper, 'title' | 'language' | 'madeAt'>,
  conformance: Conformance,
  options: PDFKit.PDFDocumentOptions
): PDFKit.PDFDocument {
  const { title, madeAt } = paper
  const at = new Date(madeAt)
  const app = 'Kotikäynti'
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7ext3',
    ...optionsFor(conformance),
    tagged: true,
    lang: paper.language,
    displayTitle: true,
    // The reader turns the page, not the text.
    margin: 0,
    permissions: { printing: 'highResolution', copying: true, contentAccessibility: true },
    info: { Title: title, Creator: app, Producer: app, CreationDate: at, ModDate: at },
    ...options
  })
  tellConformance(doc, conformance, { title, producer: app, creator: app, madeAt })
  return doc
}

/** What stands on every page, once it is known how many there are. */
function drawRunning(sheet: Sheet, paper: Paper): void {
  const { start, count } = sheet.doc.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    sheet.doc.switchToPage(index)
    const number = sayOnPaper(paper.language, 'paper.page', { page: index + 1, pages: count })
    sheet.writeBeside(paper.from, styles.runningStrong, page.left, page.head)
    right(sheet, paper.title, page.head)
    sheet.rule(page.head + 15)
    sheet.rule(page.foot - 8)
    sheet.writeBeside(paper.mark, styles.running, page.left, page.foot)
    right(sheet, number, page.foot)
  }
}

function right(sheet: Sheet, text: string, y: number): void {
  const { weight, size } = styles.running
  sheet.writeBeside(
    text,
    { ...styles.running, colour: inks.quiet },
    page.right - sheet.type.width(text, weight, size),
    y
  )
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    doc.on('data', (piece: Buffer) => pieces.push(piece))
    doc.on('end', () => {
      resolve(Buffer.concat(pieces))
    })
    doc.on('error', reject)
  })
}
