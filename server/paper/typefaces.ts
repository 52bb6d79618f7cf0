import { clustersOf } from './clusters.ts'
import { type Face, faceFor, firstFace, type Weight } from './faces.ts'
import { registerLetters } from './untold.ts'

/** A piece of text that one font can write. */
export interface Run {
  readonly face: Face
  readonly text: string
  /** What it says, where what is drawn does not tell. */
  readonly says?: string
}

/** Stands for a letter that no typeface has. */
const unknownLetter = '¤'

const ignorable = /\p{Default_Ignorable_Code_Point}/gu
/** Variation selector 16: the picture is meant, not the sign. */
const asPicture = '\ufe0f'

/** The letters of one paper: each is written by the first face that has it. */
export class Typefaces {
  readonly #doc: PDFKit.PDFDocument
  readonly #registered = new Set<string>()
  readonly #faces: Readonly<Record<Weight, Map<number, Face | undefined>>> = {
    regular: new Map(),
    bold: new Map()
  }
  readonly #clusters = new Map<string, readonly Run[]>()
  readonly #runs = new Map<string, readonly Run[]>()
  readonly #widths = new Map<string, number>()
  /** A letter was written that no face has. */
  hasUnknown = false

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc
  }

  runs(text: string, weight: Weight): readonly Run[] {
    const name = `${weight} ${text}`
    const known = this.#runs.get(name)
    if (known) return known
    const runs: Run[] = []
    for (const cluster of clustersOf(text.normalize('NFC')))
      for (const run of this.#written(cluster, weight)) {
        const last = runs.at(-1)
        if (last && mayJoin(last, run)) runs[runs.length - 1] = join(last, run)
        else runs.push(run)
      }
    this.#runs.set(name, runs)
    return runs
  }

  width(text: string, weight: Weight, size: number): number {
    const name = `${weight} ${text}`
    const known = this.#widths.get(name)
    if (known !== undefined) return known * size
    const width = this.runs(text, weight).reduce((sum, run) => sum + this.widthOf(run, 1), 0)
    this.#widths.set(name, width)
    return width * size
  }

  widthOf(run: Run, size: number): number {
    this.choose(run, size)
    return this.#doc.widthOfString(run.text)
  }

  choose({ face: { name, letters, scale } }: Run, size: number): void {
    if (!this.#registered.has(name)) registerLetters(this.#doc, name, letters)
    this.#registered.add(name)
    this.#doc.font(name, size * scale)
  }

  /** From the top of a line to where its letters stand: the same, whichever face has the letter. */
  ascent(weight: Weight, size: number): number {
    const { ascent, unitsPerEm } = firstFace(weight).letters
    return (ascent / unitsPerEm) * size
  }

  /** A picture is laid out once, however often it is written. */
  #written(cluster: string, weight: Weight): readonly Run[] {
    const name = `${weight} ${cluster}`
    const known = this.#clusters.get(name) ?? this.#write(cluster, weight)
    this.#clusters.set(name, known)
    return known
  }

  #write(cluster: string, weight: Weight): Run[] {
    const whole = this.#whole(cluster, weight)
    if (whole) return whole
    const plain = this.#plain(cluster, weight)
    if (plain) return [plain]
    return [...cluster.replace(ignorable, '')].map((letter) => this.#letter(letter, weight))
  }

  /** A letter with its marks, or a picture with its joiners, by one face. */
  #whole(cluster: string, weight: Weight): Run[] | null {
    const visible = cluster.replace(ignorable, '')
    if (visible === '') return []
    const points = pointsOf(visible)
    const [point = 0] = points
    if (points.length === 1 && visible === cluster) {
      const face = this.#faceOf(point, weight)
      if (face?.scale === 1) return [{ face, text: cluster }]
    }
    const face = faceFor(points, weight, cluster.includes(asPicture) ? 'pictures' : 'letters')
    return face ? [draw(face, cluster, visible)] : null
  }

  /** What is missing as itself may be there as what it is made of: a ligature, a hyphen that keeps. */
  #plain(cluster: string, weight: Weight): Run | null {
    const plain = cluster.normalize('NFKC')
    if (plain === cluster) return null
    const parts = clustersOf(plain).map((part) => this.#whole(part, weight)?.[0])
    const [first] = parts
    if (!first || !parts.every((part) => part && mayJoin(first, part))) return null
    return { face: first.face, text: plain, says: cluster }
  }

  #letter(letter: string, weight: Weight): Run {
    const face = this.#faceOf(letter.codePointAt(0) ?? 0, weight)
    if (face) return { face, text: letter }
    this.hasUnknown = true
    return { face: firstFace(weight), text: unknownLetter }
  }

  #faceOf(point: number, weight: Weight): Face | undefined {
    const faces = this.#faces[weight]
    if (!faces.has(point)) faces.set(point, faceFor([point], weight))
    return faces.get(point)
  }
}

const pointsOf = (text: string): number[] =>
  Array.from(text, (letter) => letter.codePointAt(0) ?? 0)

/** A joiner that makes no picture of its own is left out of what is drawn: it would leave a gap. */
function draw(face: Face, cluster: string, visible: string): Run {
  const { glyphs } = face.letters.layout(cluster)
  const isOne = glyphs.length === 1
  const told = String.fromCodePoint(...glyphs.flatMap(({ codePoints }) => codePoints))
  if (isOne && told === cluster) return { face, text: cluster }
  return { face, text: isOne ? cluster : visible, says: cluster }
}

/** Pictures beside each other are not joined: two of them may mean a third. */
const mayJoin = (last: Run, next: Run): boolean =>
  last.face === next.face &&
  last.face.scale === 1 &&
  last.says === undefined &&
  next.says === undefined

const join = (last: Run, next: Run): Run => ({ face: last.face, text: last.text + next.text })
