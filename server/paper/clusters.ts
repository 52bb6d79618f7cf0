const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Marks, joiners, flags and skin tones: only with one of them is a letter more than a code point. */
const joins = /[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}]/u

/** The text in what a reader takes for one letter or one picture each: none of them may be parted. */
export function clustersOf(text: string): string[] {
  if (!joins.test(text)) return [...text]
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
