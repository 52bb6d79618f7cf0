import type { Contact } from '#contract/contact.ts'
import type { PassageSign } from '#contract/passage.ts'

/** Who a text may name: those that are known here, and those that are not looked for. */
export interface Cast {
  /** Beginnings of the names of contacts, by which they are known in whichever case. */
  readonly others: readonly string[]
  /** The same of the client and of those who work here. */
  readonly expected: readonly string[]
}

/** Words for somebody else, as they begin; Finnish, Swedish and English. */
const kin =
  /(?<!\p{L})(?:äi[dt]i|isä|isi(?:n|lle|ltä|llä|ä)?(?!\p{L})|iskä|vanhem[mp]|veli|velje|velipuol|sisko|sisar|mummo|mummi|mumm[iu]|ukki|uki|vaari|papp?a|isoäi|isoisä|täti|tädi|setä|sedä|eno|serk[ku]|kummi|puoliso|mies(?!t[eä])|miehe|vaimo|avopuoliso|exä?|naapuri|ystävä|kaveri|lapse[tns]|mamma|pappa|mor(?!\p{L})|far(?!\p{L})|bror|syster|mormor|farmor|mormor|morfar|farfar|moster|faster|granne|vän(?:ner|inna)?(?!\p{L})|make(?!\p{L})|maka(?!\p{L})|mother|father|brother|sister|grand(?:ma|pa|mother|father)|uncle|aunt|neighbou?r|friend|husband|wife)/iu

/** *Veikko* bends to *Veikon*, *Kuusinen* to *Kuusisen*: what stays alike of a name. */
export function stemOf(name: string, fewest = 2): string {
  const lower = name.toLocaleLowerCase('fi')
  const bare = lower.endsWith('nen') ? lower.slice(0, -3) : lower.replace(/[aeiouyåäö]+$/u, '')
  const strong = bare.replace(/(kk|pp|tt|nk|mp|nt|lt|rt|[kptd])$/u, (end) =>
    end.slice(0, end.length - 1)
  )
  return [strong, bare].find((stem) => stem.length >= fewest) ?? lower
}

const namesIn = (text: string): string[] => text.match(/\p{Lu}[\p{L}-]+/gu) ?? []

export function castOf(
  contacts: readonly Pick<Contact, 'name'>[],
  o: {
    readonly client: string
    readonly workers: readonly string[]
    readonly settings: readonly string[]
  }
): Cast {
  const client = namesIn(o.client).map((name) => stemOf(name))
  // Whom nobody looks for is known by more letters: a short beginning would hide strangers.
  const expected = [o.client, ...o.workers, ...o.settings]
    .flatMap(namesIn)
    .map((name) => stemOf(name, 3))
  const others = contacts
    .flatMap(({ name }) => (namesIn(name).length > 0 ? namesIn(name) : name.split(/\s+/)))
    .map((name) => stemOf(name))
    .filter((stem) => !client.includes(stem))
  return { others: [...new Set(others)], expected: [...new Set(expected)] }
}

/** What in a sentence may be somebody else. It finds too much rather than too little: a person decides. */
export function signsIn(sentence: string, { others, expected }: Cast): PassageSign[] {
  const words = [...sentence.matchAll(/[\p{L}-]+/gu)].map(([word], at) => ({ word, at }))
  const begins = (word: string, stems: readonly string[]) =>
    stems.some((stem) => word.toLocaleLowerCase('fi').startsWith(stem))
  const isNamed = words.some(({ word }) => /^\p{Lu}/u.test(word) && begins(word, others))
  const isPerson = words.some(
    ({ word, at }) =>
      at > 0 && /^\p{Lu}\p{Ll}/u.test(word) && !begins(word, others) && !begins(word, expected)
  )
  return [
    ...(isNamed ? ['named' as const] : []),
    ...(kin.test(sentence) ? ['kin' as const] : []),
    ...(isPerson ? ['person' as const] : [])
  ]
}
