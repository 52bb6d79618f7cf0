import type { Language } from '#contract/text.ts'

export type Filling = string | number

const made = new Map<Language, Intl.PluralRules>()

/** Made where a text asks for it: the first screens have none that does. */
function pluralsOf(language: Language): Intl.PluralRules {
  const plurals = made.get(language) ?? new Intl.PluralRules(language)
  made.set(language, plurals)
  return plurals
}

/** Fills `{name}` gaps; of "one|many" takes the form that `count` asks for. */
export function fill(
  language: Language,
  text: string,
  filling: Readonly<Record<string, Filling>>
): string {
  const [one = '', many] = text.split('|')
  const isOne = many === undefined || pluralsOf(language).select(Number(filling['count'])) === 'one'
  return (isOne ? one : many).replace(/\{(\w+)\}/g, (gap, name: string) =>
    String(filling[name] ?? gap)
  )
}
