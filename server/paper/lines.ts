import { clustersOf } from './clusters.ts'
import type { Weight } from './faces.ts'
import type { Typefaces } from './typefaces.ts'

export interface Style {
  readonly weight: Weight
  readonly size: number
  readonly leading: number
  readonly colour: string
}

/** The text in lines that are no wider than `width`; its own line breaks stay, and a word too long is cut. */
export function breakLines(type: Typefaces, text: string, style: Style, width: number): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .split('\n')
    .flatMap((paragraph) => fold(type, paragraph, style, width))
}

function fold(type: Typefaces, paragraph: string, style: Style, width: number): string[] {
  const measure = (text: string) => type.width(text, style.weight, style.size)
  const space = measure(' ')
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of paragraph.split(' ').flatMap((word) => cut(word, measure, width))) {
    const wide = measure(word)
    if (line !== '' && used + space + wide > width) {
      lines.push(line)
      line = word
      used = wide
    } else {
      used += line === '' ? wide : space + wide
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** A word that no line holds, in pieces that one does. */
function cut(word: string, measure: (text: string) => number, width: number): string[] {
  if (measure(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const letter of clustersOf(word)) {
    const wide = measure(letter)
    if (piece !== '' && used + wide > width) {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += letter
    used += wide
  }
  return [...pieces, piece]
}
