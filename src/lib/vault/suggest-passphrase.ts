import { passphraseWords } from './passphrase-words.ts'

const wordCount = 5

/** Five words drawn evenly: each draw past the last whole round of the list is thrown away. */
export function suggestPassphrase(): string {
  const limit = 65_536 - (65_536 % passphraseWords.length)
  const words: string[] = []
  const draw = new Uint16Array(1)
  while (words.length < wordCount) {
    const [number = limit] = crypto.getRandomValues(draw)
    const word = number < limit ? passphraseWords[number % passphraseWords.length] : undefined
    if (word !== undefined) words.push(word)
  }
  return words.join(' ')
}
