import { crc32, deflateSync } from 'node:zlib'
import { letters } from './paper-letters.ts'
import { Seeded } from './seeded.ts'

/** An A4 at 75 dots an inch, in greys. */
const width = 620
const height = 877
const margin = 60
const ink = 40
const pencil = 170

class Sheet {
  readonly #pixels = Buffer.alloc(width * height, 255)

  box(left: number, top: number, wide: number, high: number, grey: number): void {
    for (let y = top; y < top + high; y += 1)
      this.#pixels.fill(grey, y * width + left, y * width + Math.min(width, left + wide))
  }

  write(text: string, left: number, top: number, dot: number): void {
    for (const [place, letter] of [...text].entries())
      for (const [row, dots] of (letters[letter] ?? []).entries())
        for (const [column, mark] of [...dots].entries())
          if (mark === '#')
            this.box(left + (place * 6 + column) * dot, top + row * dot, dot, dot, ink)
  }

  png(): Buffer {
    const rows = Array.from({ length: height }, (_, y) =>
      Buffer.concat([Buffer.alloc(1), this.#pixels.subarray(y * width, (y + 1) * width)])
    )
    const header = Buffer.alloc(13)
    header.writeUInt32BE(width, 0)
    header.writeUInt32BE(height, 4)
    header[8] = 8
    return Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
      chunk('IEND', Buffer.alloc(0))
    ])
  }
}

function chunk(type: string, body: Buffer): Buffer {
  const whole = Buffer.alloc(12 + body.length)
  whole.writeUInt32BE(body.length, 0)
  whole.write(type, 4, 'latin1')
  body.copy(whole, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)), 8 + body.length)
  return whole
}

/** A paper as a scanner sees it: a heading, lines that say nothing, a covered place and a signature. */
export function paperPicture(heading: string, page: number, ...name: (string | number)[]): Buffer {
  const seeded = new Seeded('picture', ...name, page)
  const sheet = new Sheet()
  sheet.write('HARJOITUS', width - margin - 9 * 12, 40, 2)
  if (page === 1) sheet.write(heading, margin, 90, 4)
  for (let top = page === 1 ? 170 : 100; top < 640; top += 26) {
    const isBreak = seeded.isWithin(14)
    const long = width - 2 * margin - (isBreak ? 240 : seeded.below(60))
    sheet.box(margin, top, long, 7, pencil)
    if (isBreak) top += 22
  }
  if (page === 1) sheet.box(margin + 130, 166, 150, 16, 0)
  sheet.box(margin, 780, 220, 2, ink)
  for (let x = 0; x < 150; x += 1)
    sheet.box(margin + 20 + x, 755 + Math.round(14 * Math.sin(x / 9 + page) * Math.cos(x / 23)), 2, 3, ink)
  return sheet.png()
}
