import type { Language } from '#contract/text.ts'

export type Filling = string | number

const plurals = {
  fi: new Intl.PluralRules('fi'),
  sv: new Intl.PluralRules('sv'),
  en: new Intl.PluralRules('en')
}

/** Fills `{name}` gaps; of "one|many" takes the form that `count` asks for. */
export function fill(
  language: Language,
  text: string,
  filling: Readonly<Record<string, Filling>>
): string {
  const [one = '', many = one] = text.split('|')
  const chosen = plurals[language].select(Number(filling['count'])) === 'one' ? one : many
  return chosen.replace(/\{(\w+)\}/g, (gap, name: string) => String(filling[name] ?? gap))
}
