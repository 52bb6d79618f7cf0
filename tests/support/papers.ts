import { crc32, deflateSync } from 'node:zlib'

/** Papers that nobody ever wrote on. */

interface Paper {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const chunk = (name: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([head, named, sum])
}

/** Grey speckles, the same for the same seed: no two pages compress to the same bytes. */
export function speckledPng(seed: number, width = 800, height = 1100): Paper {
  const rows = Buffer.alloc((width + 1) * height)
  let state = seed
  for (let at = 0; at < rows.length; at += 1) {
    if (at % (width + 1) === 0) continue
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    rows[at] = 96 + ((state >>> 24) & 0x7f)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0))
  ])
  return { name: `sivu-${seed}.png`, mimeType: 'image/png', buffer }
}

/** One page with words and a filled square; `catalog` adds to what the whole document says of itself. */
export function smallPdf(name: string, catalog = '', objects: readonly string[] = []): Paper {
  const content = 'BT /F1 36 Tf 72 720 Td (Maksusitoumus) Tj ET 0.2 0.4 0.3 rg 72 400 200 200 re f'
  const bodies = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...objects
  ]
  let text = '%PDF-1.4\n'
  const offsets = bodies.map((body, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const start = text.length
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  text += `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${lines.join('')}`
  text += `trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(text, 'latin1') }
}
