import { passphraseWords } from './passphrase-words.ts'

/** So many numbers does a draw have, from 0 up. */
const draws = 65_536

/** Words drawn evenly: each draw past the last whole round of the list is thrown away. `draw` gives 16 random bits. */
export function drawPassphrase(count: number, draw: () => number): string {
  const limit = draws - (draws % passphraseWords.length)
  const words: string[] = []
  while (words.length < count) {
    const number = draw()
    const word = number < limit ? passphraseWords[number % passphraseWords.length] : undefined
    if (word !== undefined) words.push(word)
  }
  return words.join(' ')
}
