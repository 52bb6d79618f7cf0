import { Dictionary, Name, operationsOf, PdfObjects, Reference, Words } from './pdf-objects.ts'
import type { Value } from './pdf-objects.ts'

/**
 * What keeps a paper from being PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), as far as it can be told
 * without a validator: each fault in a word or two, none where all is well.
 */
export function faultsOfPdf(bytes: Buffer, password?: string): string[] {
  const pdf = new PdfObjects(bytes, password)
  const isArchival = password === undefined
  const root = pdf.get(pdf.trailer, 'Root')
  const pages = pdf.list(pdf.get(root, 'Pages'), 'Kids')
  const structure = new Structure(pdf, root)
  return [
    ...faultsOfFile(pdf, bytes),
    ...faultsOfCatalog(pdf, root),
    ...faultsOfMetadata(pdf, root),
    ...(isArchival ? faultsOfArchive(pdf, root) : []),
    ...pdf.all().flatMap((object) => [...faultsOfFont(pdf, object), ...faultsOfImage(pdf, object)]),
    ...pages.flatMap((page) => faultsOfPage(pdf, page, structure)),
    ...structure.faults()
  ]
}

const when = (isFault: boolean, fault: string): string[] => (isFault ? [fault] : [])

function faultsOfFile(pdf: PdfObjects, bytes: Buffer): string[] {
  const head = bytes.toString('latin1', 0, 16)
  const ids = pdf.list(pdf.trailer, 'ID')
  return [
    ...when(!/^%PDF-1\.7\n%[\x80-\xff]{4}\n/.test(head), 'file header'),
    ...when(ids.length !== 2, 'no file identifier')
  ]
}

function faultsOfCatalog(pdf: PdfObjects, root: Value): string[] {
  return [
    ...when(!pdf.textOf(root, 'Lang'), 'no language'),
    ...when(pdf.get(pdf.get(root, 'MarkInfo'), 'Marked') !== true, 'not marked'),
    ...when(
      pdf.get(pdf.get(root, 'ViewerPreferences'), 'DisplayDocTitle') !== true,
      'title not shown'
    ),
    ...['OpenAction', 'AA', 'AcroForm'].flatMap((key) => when(pdf.get(root, key) !== null, key))
  ]
}

/** What an archive wants besides: it opens for ever, and its colours are told. */
function faultsOfArchive(pdf: PdfObjects, root: Value): string[] {
  const [intent] = pdf.list(root, 'OutputIntents')
  const profile = pdf.streamOf(intent, 'DestOutputProfile')
  return [
    ...when(pdf.trailer.entries.has('Encrypt'), 'encrypted'),
    ...when(pdf.nameOf(intent, 'S') !== 'GTS_PDFA1', 'no output intent'),
    ...when(profile?.toString('latin1', 36, 40) !== 'acsp', 'no colour profile'),
    ...without(pdf, root, [
      '<pdfaid:part>2</pdfaid:part>',
      '<pdfaid:conformance>A</pdfaid:conformance>',
      '<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>'
    ])
  ]
}

function without(pdf: PdfObjects, root: Value, wanted: readonly string[]): string[] {
  const metadata = pdf.streamOf(root, 'Metadata')?.toString('utf8') ?? ''
  return wanted.flatMap((text) => when(!metadata.includes(text), `metadata without ${text}`))
}

function faultsOfMetadata(pdf: PdfObjects, root: Value): string[] {
  const title = pdf.textOf(pdf.get(pdf.trailer, 'Info'), 'Title') ?? ''
  const inXml = title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  return [
    ...when(pdf.get(pdf.get(root, 'Metadata'), 'Filter') !== null, 'packed metadata'),
    ...when(title === '', 'no title'),
    ...without(pdf, root, [
      '<pdfuaid:part>1</pdfuaid:part>',
      `<rdf:li xml:lang="x-default">${inXml}</rdf:li>`
    ])
  ]
}

/** Embedded, as wide as the paper says, and with a Unicode for each of its codes. */
function faultsOfFont(pdf: PdfObjects, font: Value): string[] {
  if (pdf.nameOf(font, 'Type') !== 'Font' || pdf.nameOf(font, 'Subtype') !== 'Type0')
    return when(pdf.nameOf(font, 'Subtype') === 'Type1', 'a font of no file')
  const [descendant] = pdf.list(font, 'DescendantFonts')
  const file = pdf.streamOf(pdf.get(descendant, 'FontDescriptor'), 'FontFile2')
  const map = pdf.streamOf(font, 'ToUnicode')?.toString('latin1') ?? ''
  if (!file) return ['a font of no file']
  const widths = pdf.list(descendant, 'W')[1]
  const told = Array.isArray(widths) ? (widths as readonly Value[]) : []
  const real = widthsIn(file)
  const codes = [...map.matchAll(/\[([^\]]*)\]/g)].flatMap(
    ([, list = '']) => list.match(/[0-9a-f]+/gi) ?? []
  )
  return [
    ...when(pdf.nameOf(descendant, 'CIDToGIDMap') !== 'Identity', 'no map of glyphs'),
    ...when(
      codes.length === 0 || codes.some((code) => /^(0000|feff|fffe)$/i.test(code)),
      'a code of no letter'
    ),
    ...when(
      told.some(
        (width, glyph) =>
          typeof width === 'number' && Math.abs(width - (real[glyph] ?? real.at(-1) ?? NaN)) > 1
      ),
      'a wrong width'
    )
  ]
}

/** Thousandths of the size, for each glyph; the last is that of all that follow (ISO 14496-22 hmtx). */
function widthsIn(font: Buffer): number[] {
  const tables = new Map<string, number>()
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const at = 12 + index * 16
    tables.set(font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8))
  }
  const place = (tag: string) => tables.get(tag) ?? 0
  const unitsPerEm = font.readUInt16BE(place('head') + 18)
  const count = font.readUInt16BE(place('hhea') + 34)
  return Array.from({ length: count }, (_, glyph) => {
    const width = font.readUInt16BE(place('hmtx') + glyph * 4)
    return (width * 1000) / unitsPerEm
  })
}

function faultsOfImage(pdf: PdfObjects, image: Value): string[] {
  if (pdf.nameOf(image, 'Subtype') !== 'Image') return []
  const space = pdf.get(image, 'ColorSpace')
  const name = space instanceof Name ? space.name : 'Indexed'
  return [
    ...when(!['DeviceRGB', 'DeviceGray', 'Indexed'].includes(name), 'colours of no profile'),
    ...when(pdf.get(image, 'Interpolate') === true, 'interpolated')
  ]
}

const painting = /^(Tj|TJ|'|"|f|F|f\*|B|B\*|b|b\*|S|s|sh|Do|BI)$/

/** All that is painted is of one element, or passed over; and the element knows. */
function faultsOfPage(pdf: PdfObjects, page: Value, structure: Structure): string[] {
  const faults: string[] = []
  const open: ('element' | 'artifact' | 'within')[] = []
  const seen = new Set<number>()
  const key = pdf.get(page, 'StructParents')
  for (const { word, values } of operationsOf(pdf.streamOf(page, 'Contents') ?? Buffer.alloc(0))) {
    if (word === 'BDC' || word === 'BMC') {
      const [tag, options] = values
      const mcid = options instanceof Dictionary ? pdf.get(options, 'MCID') : null
      const isArtifact = tag instanceof Name && tag.name === 'Artifact'
      const outer = open.some((kind) => kind !== 'within')
      if (typeof mcid === 'number') {
        if (outer) faults.push('an element within another')
        if (seen.has(mcid)) faults.push('a number given twice')
        seen.add(mcid)
        if (!structure.knows(key, mcid, page)) faults.push('content of no element')
      } else if (isArtifact && outer) faults.push('an artefact within an element')
      open.push(typeof mcid === 'number' ? 'element' : isArtifact ? 'artifact' : 'within')
    }
    if (word === 'EMC' && open.pop() === undefined) faults.push('an end of nothing')
    if (painting.test(word) && !open.some((kind) => kind !== 'within'))
      faults.push(`${word} outside marked content`)
    if (word === 'k' || word === 'K') faults.push('colours of no profile')
  }
  return [
    ...faults,
    ...when(open.length > 0, 'an open end'),
    ...when(seen.size === 0, 'an empty page')
  ]
}

const within: Readonly<Record<string, RegExp>> = {
  Table: /^(TR|THead|TBody)$/,
  THead: /^TR$/,
  TBody: /^TR$/,
  TR: /^(TH|TD)$/,
  L: /^LI$/,
  LI: /^(Lbl|LBody)$/
}
const standard = /^(Document|H[1-6]|P|Table|THead|TBody|TR|TH|TD|L|LI|Lbl|LBody|Figure|Span)$/

interface Element {
  readonly object: Value
  readonly kind: string
  readonly children: readonly Element[]
}

class Structure {
  readonly #pdf: PdfObjects
  readonly #tree: Value
  readonly #byKey = new Map<number, readonly Value[]>()

  constructor(pdf: PdfObjects, root: Value) {
    this.#pdf = pdf
    this.#tree = pdf.get(root, 'StructTreeRoot')
    const numbers = pdf.list(pdf.get(this.#tree, 'ParentTree'), 'Nums')
    for (let index = 0; index < numbers.length; index += 2) {
      const elements = pdf.follow(numbers[index + 1])
      if (Array.isArray(elements))
        this.#byKey.set(Number(numbers[index]), elements as readonly Value[])
    }
  }

  /** The parent tree leads from the content to an element, and the element back to the content. */
  knows(key: Value, mcid: number, page: Value): boolean {
    const element = this.#byKey.get(Number(key))?.[mcid]
    if (!(element instanceof Reference)) return false
    const own = this.#pdf.raw(element, 'Pg')
    return this.#pdf.list(element, 'K').some((kid) => {
      if (kid === mcid) return isSame(own, page)
      const isOther = kid instanceof Dictionary && this.#pdf.get(kid, 'MCID') === mcid
      return isOther && isSame(this.#pdf.raw(kid, 'Pg'), page)
    })
  }

  faults(): string[] {
    const elements = this.#pdf.list(this.#tree, 'K').map((kid) => this.#read(kid))
    return [
      ...when(elements.length !== 1 || elements[0]?.kind !== 'Document', 'no one document'),
      ...elements.flatMap((element) => this.#faultsOf(element)),
      ...faultsOfHeadings(elements.flatMap(kindsIn))
    ]
  }

  #read(object: Value): Element {
    const kids = this.#pdf.list(object, 'K').filter((kid) => kid instanceof Reference)
    return {
      object,
      kind: this.#pdf.nameOf(object, 'S') ?? '',
      children: kids.map((kid) => this.#read(kid))
    }
  }

  #faultsOf({ object, kind, children }: Element): string[] {
    const attributes = this.#pdf.get(object, 'A')
    const cells = kind === 'Table' ? rowsIn(children).map((row) => row.children.length) : []
    return [
      ...when(!standard.test(kind), `${kind} is no standard element`),
      ...children.flatMap((child) =>
        when(within[kind]?.test(child.kind) === false, `${child.kind} in ${kind}`)
      ),
      ...when(new Set(cells).size > 1, 'rows of different lengths'),
      ...when(kind === 'TH' && !this.#pdf.nameOf(attributes, 'Scope'), 'a head of nothing'),
      ...when(kind === 'L' && !this.#pdf.nameOf(attributes, 'ListNumbering'), 'a list of no signs'),
      ...when(kind === 'Figure' && !this.#pdf.textOf(object, 'Alt'), 'a figure without words'),
      ...when(
        kind === 'Figure' && this.#pdf.list(attributes, 'BBox').length !== 4,
        'a figure of no place'
      ),
      ...children.flatMap((child) => this.#faultsOf(child))
    ]
  }
}

const rowsIn = (elements: readonly Element[]): Element[] =>
  elements.flatMap((element) => (element.kind === 'TR' ? [element] : rowsIn(element.children)))

const kindsIn = ({ kind, children }: Element): string[] => [kind, ...children.flatMap(kindsIn)]

function faultsOfHeadings(kinds: readonly string[]): string[] {
  const levels = kinds.flatMap((kind) => (/^H\d$/.test(kind) ? [Number(kind[1])] : []))
  return levels.flatMap((level, index) =>
    when(level > (levels[index - 1] ?? 0) + 1, `H${level} below H${levels[index - 1] ?? 0}`)
  )
}

const isSame = (one: Value | undefined, other: Value | undefined): boolean =>
  one instanceof Reference && other instanceof Reference && one.id === other.id

/** What is said instead of what is drawn, on all pages. */
export function saidInPdf(bytes: Buffer): string[] {
  const pdf = new PdfObjects(bytes)
  const pages = pdf.list(pdf.get(pdf.get(pdf.trailer, 'Root'), 'Pages'), 'Kids')
  return pages.flatMap((page) =>
    operationsOf(pdf.streamOf(page, 'Contents') ?? Buffer.alloc(0)).flatMap(({ word, values }) => {
      const said = word === 'BDC' ? pdf.get(values[1], 'ActualText') : null
      return said instanceof Words ? [said.text] : []
    })
  )
}
