import { drawBars } from './bars.ts'
import { inks, page, styles } from './look.ts'
import type { Block, Facts, Heading, List, Paragraph, Passage, Warning } from './paper.ts'
import type { Sheet } from './sheet.ts'
import { drawTable } from './table.ts'
import { addBookmark, labelByBullets } from './untold.ts'

/** Above, so that a heading stands nearer to what it heads. */
const above = { 1: 6, 2: 22, 3: 16 } as const

export function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.is) {
    case 'heading':
      drawHeading(sheet, block)
      break
    case 'paragraph':
      drawParagraph(sheet, block)
      break
    case 'passage':
      drawPassage(sheet, block)
      break
    case 'facts':
      drawFacts(sheet, block)
      break
    case 'table':
      drawTable(sheet, block)
      break
    case 'list':
      drawList(sheet, block)
      break
    case 'bars':
      drawBars(sheet, block)
      break
    case 'warning':
      drawWarning(sheet, block)
      break
    case 'page':
      if (!sheet.isAtTop) sheet.turn()
  }
}

function drawHeading(sheet: Sheet, { level, text, under }: Heading): void {
  const style = styles.heading[level]
  const lines = sheet.lines(text, style, page.width)
  const small = under ? sheet.lines(under, styles.quiet, page.width) : []
  const height = lines.length * style.leading + small.length * styles.quiet.leading
  // A heading never stands alone at the foot of a page.
  sheet.require(above[level] + height + 3 * styles.text.leading)
  if (!sheet.isAtTop) sheet.y += above[level]
  if (level < 3) addBookmark(sheet.doc, text, sheet.y)
  const element = sheet.element(sheet.beginSection(level))
  sheet.flow(element, lines, style, page.left)
  element.end()
  if (small.length > 0) {
    const paragraph = sheet.element('P')
    sheet.flow(paragraph, small, styles.quiet, page.left)
    paragraph.end()
  }
  if (level === 2) sheet.rule(sheet.y + 2, inks.accent)
  sheet.y += { 1: 10, 2: 10, 3: 3 }[level]
}

function drawParagraph(sheet: Sheet, { text, tone }: Paragraph): void {
  const style = tone === 'quiet' ? styles.quiet : styles.text
  const element = sheet.element('P')
  sheet.flow(element, sheet.lines(text, style, page.width), style, page.left)
  element.end()
  sheet.y += 7
}

function drawPassage(sheet: Sheet, { title, text }: Passage): void {
  sheet.require(styles.strong.leading + 2 * styles.text.leading)
  const head = sheet.element(sheet.headInSection())
  sheet.flow(head, sheet.lines(title, styles.cellHead, page.width), styles.cellHead, page.left)
  head.end()
  drawParagraph(sheet, { is: 'paragraph', text })
}

const factTitle = 148
const factGap = 14

/** Each fact a row with its own head: so a screen reader says what the value is of. */
function drawFacts(sheet: Sheet, { facts }: Facts): void {
  const table = sheet.element('Table')
  const x = page.left + factTitle + factGap
  const width = page.width - factTitle - factGap
  for (const { title, value, remark } of facts) {
    const row = sheet.element('TR', table)
    const titles = sheet.lines(title, styles.quiet, factTitle)
    const values = sheet.lines(value, styles.text, width)
    const remarks = remark ? sheet.lines(remark, styles.small, width) : []
    const height =
      Math.min(values.length, 4) * styles.text.leading + remarks.length * styles.small.leading
    sheet.require(Math.max(height, titles.length * styles.quiet.leading))
    const top = sheet.y
    const before = sheet.doc.page
    const head = sheet.element('TH', row, { scope: 'Row' })
    sheet.write(head, titles, styles.quiet, page.left, top + 0.8)
    const cell = sheet.element('TD', row)
    sheet.flow(cell, values, styles.text, x)
    sheet.flow(cell, remarks, styles.small, x)
    if (sheet.doc.page === before)
      sheet.y = Math.max(sheet.y, top + titles.length * styles.quiet.leading)
    sheet.y += 5
  }
  table.end()
  sheet.y += 6
}

function drawList(sheet: Sheet, { items }: List): void {
  const list = sheet.element('L')
  labelByBullets(list)
  for (const item of items) {
    const lines = sheet.lines(item, styles.text, page.width - 14)
    sheet.require(styles.text.leading * Math.min(lines.length, 3))
    const row = sheet.element('LI', list)
    sheet.write(sheet.element('Lbl', row), ['•'], styles.text, page.left, sheet.y)
    sheet.flow(sheet.element('LBody', row), lines, styles.text, page.left + 14)
    sheet.y += 3
  }
  list.end()
  sheet.y += 6
}

function drawWarning(sheet: Sheet, { title, text }: Warning): void {
  const width = page.width - 32
  const titles = sheet.lines(title, styles.warning, width)
  const lines = sheet.lines(text, styles.text, width)
  const height = 28 + titles.length * styles.warning.leading + lines.length * styles.text.leading
  sheet.require(height)
  const top = sheet.y
  sheet.beside(() => {
    sheet.doc.rect(page.left, top, page.width, height).fill(inks.alertBand)
    sheet.doc.rect(page.left, top, 6, height).fill(inks.alert)
  })
  sheet.y += 13
  const head = sheet.element(sheet.beginSection(2))
  sheet.flow(head, titles, styles.warning, page.left + 20)
  head.end()
  const paragraph = sheet.element('P')
  sheet.flow(paragraph, lines, styles.text, page.left + 20)
  paragraph.end()
  sheet.y = top + height + 14
}
