/**
 * How the last words of Finnish street names bend: a protected street is recognised in *Hämeenkadulla* and
 * *Kivimäeltä* as well as in the form that an envelope has.
 */
const bending: readonly (readonly [end: string, ...stems: string[]])[] = [
  ['ahde', 'ahtee'],
  ['haka', 'haa'],
  ['joki', 'joe', 'joke'],
  ['järvi', 'järve'],
  ['kaari', 'kaare'],
  ['kangas', 'kankaa'],
  ['katu', 'kadu'],
  ['kenttä', 'kentä'],
  ['kivi', 'kive'],
  ['kulku', 'kulu'],
  ['kumpu', 'kummu'],
  ['lahti', 'lahde', 'lahte'],
  ['laita', 'laida'],
  ['lampi', 'lamme', 'lampe'],
  ['lehto', 'lehdo'],
  ['mäki', 'mäe', 'mäke'],
  ['niemi', 'nieme'],
  ['niitty', 'niity'],
  ['nummi', 'numme'],
  ['pelto', 'pello'],
  ['penger', 'penkere'],
  ['polku', 'polu'],
  ['portti', 'porti'],
  ['raitti', 'raiti'],
  ['ranta', 'ranna'],
  ['rinne', 'rintee'],
  ['saari', 'saare'],
  ['salmi', 'salme'],
  ['silta', 'silla'],
  ['tanner', 'tantere'],
  ['tori', 'tore'],
  ['varsi', 'varre', 'varte'],
  ['vuori', 'vuore']
]

/** The cases, the possessives and the particles, one after another; -s is the Swedish genitive. */
const ending =
  '(?:n|s|a|ä|en|in|t[aä]|tt[aä]|n[aä]|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|seen|h?[aeiouyäö]n)?' +
  '(?:ni|si|ns[aä]|mme|nne)?(?:kin|kaan|kään|kos?|kös?|han|hän)?(?!\\p{L})'

/** House, stairwell and flat as they are written after a house number: *7 B 12*, *7b*, *7–9*, *7 as. 3*, *7:stä*. */
const afterNumber =
  '(?:\\s*[-–/]\\s*\\d+)?(?:\\s*\\p{L}(?!\\p{L})(?:\\s*\\d+)?)?(?:,?\\s*as\\.?\\s*\\d+)?(?::\\p{L}+)?'

/** Of this many letters a street's name is its own, and tells without a number. */
const distinctive = 5

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** However it was spaced and in whichever case. */
export const asWritten = (text: string): string =>
  text.trim().split(/\s+/).map(escaped).join('\\s+')

function stemsOf(name: string): string[] {
  const lower = name.toLowerCase()
  const bent = bending.flatMap(([end, ...stems]) =>
    lower.endsWith(end) ? stems.map((stem) => name.slice(0, -end.length) + stem) : []
  )
  return [name, ...bent].map(asWritten)
}

/**
 * What tells of a street in running text: its name bent, with its number and what is said after it; last,
 * for what neither caught, the street as it was written down.
 */
export function patternsOfStreet(street: string): string[] {
  const whole = asWritten(street)
  const parts = street.split(',').map((part) => /^\s*(\D*\p{L}\D*?)\s*(\d+)/u.exec(part))
  const [, name = street, number] = parts.find((part) => part !== null) ?? []
  const letters = name.replace(/\P{L}/gu, '').length
  const bent = `(?<!\\p{L})(?:${stemsOf(name).join('|')})${ending}`
  const numbered = number === undefined ? '' : `\\s*${number}(?!\\d)${afterNumber}`
  if (letters >= distinctive) return [numbered ? `${bent}(?:${numbered})?` : bent, whole]
  return numbered ? [`${bent}${numbered}`, whole] : [whole]
}
