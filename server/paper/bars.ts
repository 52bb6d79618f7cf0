import { inks, page, styles } from './look.ts'
import type { Bar, Bars } from './paper.ts'
import type { Sheet } from './sheet.ts'

// Below the values of the facts.
const titleWidth = 162
const saidWidth = 150
const left = page.left + titleWidth
const longest = page.width - titleWidth - saidWidth
const rowHeight = 16
const thickness = 9
const hatch = 3.5

/** Told apart without colours: what may be used is a frame, what is used fills it, what is too much is hatched. */
export function drawBars(sheet: Sheet, { alt, bars }: Bars): void {
  const most = Math.max(...bars.map(({ value }) => value))
  if (most <= 0) return
  const height = bars.length * rowHeight
  sheet.require(height)
  const top = sheet.y
  const scale = longest / most
  sheet.figure(alt, { x: page.left, y: top, width: page.width, height }, () => {
    for (const [index, bar] of bars.entries()) drawBar(sheet, bar, top + index * rowHeight, scale)
  })
  sheet.y = top + height + 8
}

function drawBar(sheet: Sheet, bar: Bar, top: number, scale: number): void {
  const { title, value, said, look, limit = value } = bar
  const y = top + (rowHeight - thickness) / 2
  const width = value * scale
  const within = Math.min(value, limit) * scale
  sheet.ink([title], styles.quiet, page.left, top + 1.5)
  sheet.ink([said], styles.cell, left + width + 6, top + 1.5)
  const { doc } = sheet
  if (look === 'frame') {
    doc.rect(left, y, width, thickness).fillAndStroke(inks.band, inks.accent)
    return
  }
  doc.rect(left, y, within, thickness).fill(inks.accent)
  if (width > within) drawHatched(doc, left + within, y, width - within)
}

function drawHatched(doc: PDFKit.PDFDocument, x: number, y: number, width: number): void {
  doc.save()
  doc.rect(x, y, width, thickness).clip()
  doc.lineWidth(1).strokeColor(inks.alert)
  for (let at = x - thickness; at < x + width; at += hatch)
    doc.moveTo(at, y + thickness).lineTo(at + thickness, y)
  doc.stroke()
  doc.restore()
  doc.rect(x, y, width, thickness).lineWidth(0.8).stroke(inks.alert)
}
