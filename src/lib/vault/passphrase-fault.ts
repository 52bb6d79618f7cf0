const leastLetters = 15
const leastWords = 5

/** What many would try first, without spaces and in small letters. */
const guessed = [
  'salasana',
  'salalause',
  'password',
  'passphrase',
  'losenord',
  'kotikaynti',
  'qwertyuiop',
  'asdfghjkl',
  'correcthorsebatterystaple',
  'maamme',
  'oimaammesuomi',
  'ihanparas',
  'rakastansinua',
  'iloveyou'
]

export type PassphraseFault = 'short' | 'common'

/** SECURITY 4: length, no rules of composition, and a blocklist. `own` are the user's own names. */
export function passphraseFault(
  passphrase: string,
  own: readonly string[]
): PassphraseFault | null {
  const text = passphrase.normalize('NFKC').trim()
  const words = text.split(/[\s-]+/).filter((word) => word.length >= 3)
  if ([...text].length < leastLetters && words.length < leastWords) return 'short'
  const letters = bare(text)
  const known = [...guessed, ...own.map(bare).filter((name) => name.length >= 3)]
  const unknown = known.reduce((rest, word) => rest.replaceAll(word, ''), letters)
  // What is left beside the guessed words must still be long, varied, and no run along the keyboard.
  if (unknown.length < 8 || new Set(unknown).size < 5 || isRun(unknown)) return 'common'
  return new Set(words).size === 1 && words.length > 1 ? 'common' : null
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** 1234567890…, abcdefg…: each character next to the one before. */
function isRun(text: string): boolean {
  let steps = 0
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1)
    if (Math.abs(step) <= 1) steps += 1
  }
  return steps >= (text.length - 1) * 0.7
}
