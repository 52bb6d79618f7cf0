const longest = 12

/** Finnish and Swedish sort and read å, ä and ö as letters of their own; other accents are only accents. */
const ownLetters = new Map([
  ['a\u030a', 'å'],
  ['a\u0308', 'ä'],
  ['o\u0308', 'ö']
])

export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ao][\u0308\u030a]/g, (letter) => ownLetters.get(letter) ?? letter)
    .replace(/\p{Mark}/gu, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
}

/** The beginnings of a word, one to twelve letters, shortest first. */
export function prefixesOf(word: string): string[] {
  const letters = Array.from(word).slice(0, longest)
  return letters.map((_, index) => letters.slice(0, index + 1).join(''))
}
