/** A note's words at the end of what is written; on a line of their own, and the same words once. */
export function insertWords(text: string, words: string): string {
  if (text.split('\n').includes(words)) return text
  const written = text.trimEnd()
  return written === '' ? words : `${written}\n${words}`
}
