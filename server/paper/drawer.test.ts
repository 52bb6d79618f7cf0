import { expect, test } from 'vitest'
import { faultsOfPdf, saidInPdf } from '#tests/support/pdf-faults.ts'
import { oneSpaced, readPdf } from '#tests/support/read-pdf.ts'
import { speckledPng } from '#tests/support/papers.ts'
import { Drawer, drawPaper } from './drawer.ts'
import type { Block, Paper } from './paper.ts'

const paper = (blocks: readonly Block[], more: Partial<Paper> = {}): Paper => ({
  title: 'Luovutuspaketti',
  language: 'fi',
  from: 'Kotipalvelu Aalto Oy',
  mark: 'LP-1',
  madeAt: Date.parse('2026-11-22T07:05:00Z'),
  blocks,
  ...more
})

const columns = [
  { title: 'Päivä', share: 1 },
  { title: 'Tunnit', share: 1, isNumber: true }
]

test('a paper tells its language, its title, who gives it and which page of how many', async () => {
  const read = await readPdf(
    await drawPaper(
      paper([{ is: 'heading', level: 1, text: 'Käynnit' }, { is: 'page' }, line('x')])
    )
  )
  expect(read.language).toBe('fi')
  expect(read.title).toBe('Luovutuspaketti')
  expect(read.pages.map(({ text }) => text)).toEqual([
    expect.stringMatching(/Käynnit.*Kotipalvelu Aalto Oy.*LP-1.*Sivu 1\/2/),
    expect.stringMatching(/x.*Sivu 2\/2/)
  ])
})

test('a screen reader meets headings, tables and rows; what stands on every page it passes over', async () => {
  const blocks: Block[] = [
    { is: 'heading', level: 1, text: 'Kooste' },
    { is: 'heading', level: 2, text: 'Käynnit' },
    { is: 'table', columns, rows: [['1.3.2026', '1,5 h']] },
    { is: 'facts', facts: [{ title: 'Tilaaja', value: 'Turku' }] },
    { is: 'list', items: ['yksi'] }
  ]
  const [page] = (await readPdf(await drawPaper(paper(blocks)))).pages
  expect(new Set(page?.roles)).toEqual(
    new Set([
      'Root',
      'Document',
      'H1',
      'H2',
      'Table',
      'THead',
      'TBody',
      'TR',
      'TH',
      'TD',
      'L',
      'LI',
      'Lbl',
      'LBody'
    ])
  )
})

test('a long table repeats its head, and loses no row and no line', async () => {
  const long = Array.from({ length: 900 }, (_, index) => `sana${index}`).join(' ')
  const rows = Array.from({ length: 90 }, (_, index) => [`rivi${index}`, index === 45 ? long : '1'])
  const read = await readPdf(await drawPaper(paper([{ is: 'table', columns, rows }])))
  expect(read.pages.length).toBeGreaterThan(4)
  for (const { text } of read.pages) expect(text).toContain('Päivä Tunnit')
  const words = new Set(read.text.split(' '))
  for (const [first] of rows) expect(words).toContain(first)
  for (const word of long.split(' ')) expect(words).toContain(word)
})

// Northern, Inari and Skolt Sámi among them.
const letters =
  'ÅåÄäÖöÁáÂâÕõČčĐđŊŋŠšŦŧŽžǨǩǦǧǤǥƷʒǮǯʹʼ’ Ɛ ŁłŐőŞşĢģ Привет Ελλάδα Nguyễn → ≤ ≥ ✓ €'.normalize('NFC')
const pictures = '🦊 👍 👍🏽 👨‍👩‍👧‍👦 ❤️ 🇫🇮 1️⃣ 👩🏾‍⚕️ ☺'

test.each<[string, (text: string) => Block]>([
  ['a text', line],
  ['a heading', (text) => ({ is: 'heading', level: 2, text })]
])('every letter that a family’s name may have is drawn as itself in %s', async (_what, block) => {
  const read = await readPdf(await drawPaper(paper([block(letters)])))
  expect(read.text).toContain(letters)
  expect(read.text).not.toContain('¤')
})

test('a picture is drawn whole, and says what was written', async () => {
  const bytes = await drawPaper(paper([line(`Moi ${pictures} hei`)]))
  const { text } = await readPdf(bytes)
  for (const picture of ['🦊', '👍', '👨‍👩‍👧‍👦', '❤️', '🇫🇮']) expect(text).toContain(picture)
  expect(text).not.toContain('¤')
  // Drawn as a hand of no colour: that it had one is said.
  expect(saidInPdf(bytes)).toContain('👍🏽')
})

test('a picture or a letter with its marks is never parted, however narrow the line', async () => {
  for (const whole of ['👨‍👩‍👧‍👦', 'q̣', '👍🏽']) {
    const bytes = await drawPaper(paper([line(whole.repeat(300))]))
    const { text } = await readPdf(bytes)
    const said = saidInPdf(bytes).filter((each) => each === whole).length
    const told = text.split(whole).length - 1
    expect(Math.max(said, told)).toBe(300)
    expect(text).not.toContain('¤')
  }
})

test('a letter that is made of others is written with those, and says itself', async () => {
  const bytes = await drawPaper(paper([line('ﬁ 2026‑11 e\u0301 so\u00adft')]))
  const { text } = await readPdf(bytes)
  expect(text).toContain('fi 2026')
  expect(text).toContain('é soft')
  expect(text).not.toContain('¤')
  expect(saidInPdf(bytes)).toEqual(['ﬁ', '‑'])
})

test('a letter that no typeface has is told to be missing', async () => {
  const known = await readPdf(await drawPaper(paper([line(letters)])))
  expect(known.text).not.toContain('Merkin ¤ kohdalla')
  const unknown = await readPdf(await drawPaper(paper([line('hyvä 名 päivä')])))
  expect(unknown.text).toContain('hyvä ¤ päivä')
  expect(unknown.text).toContain('Merkin ¤ kohdalla')
})

const everything: readonly Block[] = [
  { is: 'heading', level: 1, text: 'Kooste & muu 🦊', under: 'K-1' },
  { is: 'warning', title: 'Korjaus', text: 'Syy' },
  { is: 'facts', facts: [{ title: 'Tilaaja', value: 'Turku', remark: 'ei muuta' }] },
  { is: 'heading', level: 3, text: 'Käynnit' },
  {
    is: 'table',
    columns,
    rows: Array.from({ length: 90 }, (_, index) => [`Ŋ${index}`, '👍🏽 '.repeat(index % 9)])
  },
  { is: 'heading', level: 2, text: 'Sisältö' },
  { is: 'passage', title: 'Havainnot', text: `${letters} 名 ${pictures}`.repeat(20) },
  { is: 'passage', title: 'Näkemys', text: 'x' },
  { is: 'list', items: ['yksi', 'kaksi'] }
]

test('a paper keeps to PDF/A-2a and PDF/UA-1, as far as that is told without a validator', async () => {
  const bytes = await drawPaper(paper(everything, { title: 'A & B <kooste>' }))
  expect(faultsOfPdf(bytes)).toEqual([])
  expect((await readPdf(bytes)).pages.length).toBeGreaterThan(2)
})

test('one with a password claims no archive, and is as accessible', async () => {
  const bytes = await drawPaper(paper(everything, { password: 'pöytä-sumu' }))
  expect(faultsOfPdf(bytes, 'pöytä-sumu')).toEqual([])
  const { metadata } = await readPdf(bytes, 'pöytä-sumu')
  expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>')
  expect(metadata).not.toContain('<pdfaid:')
})

test('nobody opens it without the password', async () => {
  const text = 'Aino Aallotar sanoi'
  const bytes = await drawPaper(paper([line(text)], { password: 'pöytä-sumu' }))
  await expect(readPdf(bytes)).rejects.toThrow('No password given')
  await expect(readPdf(bytes, 'pöytä-savu')).rejects.toThrow('Incorrect Password')
  expect((await readPdf(bytes, 'pöytä-sumu')).text).toContain(text)
  expect(bytes.toString('latin1')).toContain('/AESV3')
})

test('scanned pages are bound to one PDF; what is no picture fails alone and quotes nothing', async () => {
  const drawer = new Drawer()
  try {
    const picture = { bytes: speckledPng(1, 80, 110).buffer, title: 'Sivu 1' }
    const head = { title: 'Lupa', language: 'fi', madeAt: 0 } as const
    const broken = drawer.drawScan({
      ...head,
      pictures: [{ bytes: Buffer.from('Aino'), title: '' }]
    })
    const bound = drawer.drawScan({ ...head, pictures: [picture, picture] })
    await expect(broken).rejects.toThrow('A paper could not be drawn.')
    const { pages, metadata } = await readPdf(await bound)
    expect(pages.map(({ roles }) => roles)).toEqual([
      ['Root', 'Document', 'Figure'],
      ['Root', 'Document', 'Figure']
    ])
    expect(metadata).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
    expect(metadata).not.toContain('<pdfuaid:part>')
  } finally {
    await drawer.close()
  }
})

test('text that is broken anywhere is whole again when it is read', async () => {
  const text = `${'Yksi lause, joka jatkuu. '.repeat(40)}${'a'.repeat(300)}`
  const { text: read } = await readPdf(await drawPaper(paper([line(text)])))
  expect(read.replaceAll(' ', '')).toContain(oneSpaced(text).replaceAll(' ', ''))
})

function line(text: string): Block {
  return { is: 'paragraph', text }
}
