/**
 * §8, 703/2023: a note of one client does not name another. What is written once for siblings is looked
 * through for the names of the others before it is signed.
 *
 * It is modest: it knows a name by its beginning and a Finnish ending. It finds *Ainon*, *Mikolle*,
 * *Eliaksen* and *Virtasella*; it does not know pet names or names misspelt. Where a name is a word of
 * the language too (*Aamu*, *aamulla*), the writer says that it is none.
 */

export interface PersonNames {
  readonly firstName: string
  readonly lastName: string
}

export interface FoundName {
  /** As it is written. */
  readonly word: string
  /** A capital inside a sentence: that is no word of the language. */
  readonly isCertain: boolean
}

const shortestName = 2

/** *Anna-Liisa* is called by either, and by both. */
function namesIn({ firstName, lastName }: PersonNames): string[] {
  return [firstName, lastName]
    .flatMap((name) => [...name.split(/\s+/u), ...name.split(/[\s-]+/u)])
    .map((name) => name.normalize('NFC').toLocaleLowerCase('fi'))
    .filter((name) => name.length >= shortestName)
}

/** Of the others; what a child has of a name in common with them, such as the surname, is its own. */
export function otherNames(own: PersonNames, others: readonly PersonNames[]): string[] {
  const shared = new Set(namesIn(own))
  return [...new Set(others.flatMap(namesIn))].filter((name) => !shared.has(name))
}

const double = /([kpt])\1(?=[aeiouyäö]$)/u

/** What the inflected forms begin with: *Mikko*: miko-; *Virtanen*: virtase-; *Elias*: elia-, eliakse-. */
function stemsOf(name: string): string[] {
  const stems = [name]
  if (double.test(name)) stems.push(name.replace(double, '$1'))
  if (name.endsWith('nen')) stems.push(`${name.slice(0, -3)}se`, `${name.slice(0, -3)}s`)
  if (name.endsWith('s')) stems.push(`${name.slice(0, -1)}kse`, `${name.slice(0, -1)}s`)
  if (name.endsWith('e')) stems.push(`${name}e`)
  return stems
}

const endings = [
  ...['n', 'a', 'ä', 'ta', 'tä', 'lla', 'llä', 'lle', 'lta', 'ltä', 'ssa', 'ssä', 'sta', 'stä'],
  ...['ksi', 'na', 'nä', 'tta', 'ttä', 't', 's', '[aeiouyäö]n', 'h[aeiouyäö]n', 'seen']
]
const clitics = ['kin', 'kaan', 'kään', 'ko', 'kö', 'han', 'hän', 'pa', 'pä']

/** A name that ends in a consonant takes an i first: *Joelille*. */
const inflected = (stem: string): string => {
  const vowel = /[aeiouyäöå]$/u.test(stem) ? '' : 'i?'
  return `${escaped(stem)}${vowel}(?:${endings.join('|')})?(?:${clitics.join('|')})?`
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)

/** The first of the names that a text holds, in any of its forms; a certain one before all. */
export function findName(
  text: string,
  names: readonly string[],
  /** What the writer said is none, in small letters. */
  noNames: ReadonlySet<string> = new Set()
): FoundName | null {
  if (names.length === 0) return null
  const forms = names.flatMap(stemsOf).map(inflected)
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${forms.join('|')})(?![\p{L}\p{N}])`,
    'giu'
  )
  const said = text.normalize('NFC')
  const found = [...said.matchAll(pattern)]
    .map(({ 0: word, index }) => ({
      word,
      isCertain: /^\p{Lu}/u.test(word) && !isBeginning(said.slice(0, index))
    }))
    .filter(({ word, isCertain }) => isCertain || !noNames.has(word.toLocaleLowerCase('fi')))
  return found.find(({ isCertain }) => isCertain) ?? found[0] ?? null
}

const isBeginning = (before: string): boolean => /(?:^|[.!?:–\n\t•-])[\s"”'(]*$/u.test(before)
