import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unpackWoff } from './unpack-woff.ts'
import { type Letters, openLetters } from './untold.ts'

export type Weight = 'regular' | 'bold'

/** One font file that a paper may be written with. */
export interface Face {
  readonly name: string
  readonly letters: Letters
  /** Its size, of that of the letters around it. */
  readonly scale: number
}

const noto = [
  'latin-ext',
  'latin',
  'vietnamese',
  'greek',
  'greek-ext',
  'cyrillic',
  'cyrillic-ext'
] as const

/**
 * Asked for a letter in this order. Atkinson Hyperlegible Next, which tells l from I and 0 from O, is
 * the app's own; it lacks letters of Northern and Skolt Sámi, which Noto Sans has, and signs such as
 * → ≤ ✓, of which Noto Sans Math has one weight. All under the SIL Open Font License 1.1.
 */
const files: readonly { family: string; part: string; scale?: number; weight?: 400 }[] = [
  { family: 'atkinson-hyperlegible-next', part: 'latin' },
  { family: 'atkinson-hyperlegible-next', part: 'latin-ext' },
  ...noto.map((part) => ({ family: 'noto-sans', part })),
  { family: 'noto-sans-math', part: 'latin', weight: 400 },
  // Its pictures are wider and higher than the letters of their size.
  { family: 'noto-emoji', part: 'emoji', scale: 0.85 }
]

const places = files.map((_file, place) => place)
const picturesFirst = places.toReversed()
const weights = { regular: 400, bold: 700 } as const
// The same for every paper that a thread draws: they are opened once, and hold nothing of any.
const opened = new Map<string, Face>()

/** The first face that has all these code points, or none; pictures first, where one is asked for. */
export function faceFor(
  points: readonly number[],
  weight: Weight,
  order: 'letters' | 'pictures' = 'letters'
): Face | undefined {
  for (const place of order === 'letters' ? places : picturesFirst) {
    const face = faceAt(place, weight)
    if (points.every((point) => face.letters.hasGlyphForCodePoint(point))) return face
  }
  return undefined
}

/** The face that stands for all, where a line is measured. */
export const firstFace = (weight: Weight): Face => faceAt(0, weight)

function faceAt(place: number, weight: Weight): Face {
  const file = files[place]
  if (!file) throw new Error('no such face')
  const name = `${file.family}-${file.part}-${file.weight ?? weights[weight]}-normal`
  const known = opened.get(name)
  if (known) return known
  const path = fileURLToPath(import.meta.resolve(`@fontsource/${file.family}/files/${name}.woff`))
  const face = {
    name,
    letters: openLetters(unpackWoff(readFileSync(path))),
    scale: file.scale ?? 1
  }
  opened.set(name, face)
  return face
}
