import type { Language } from '#contract/text.ts'
import { en } from './words/en.ts'
import { fi } from './words/fi.ts'
import { sv } from './words/sv.ts'

/** Finnish defines the keys; the other languages are complete or they do not compile. */
export type PaperKey = keyof typeof fi

const words: Readonly<Record<Language, Readonly<Record<PaperKey, string>>>> = { fi, sv, en }

/** Fills `{name}` gaps. */
export function sayOnPaper(
  language: Language,
  key: PaperKey,
  filling: Readonly<Record<string, string | number>> = {}
): string {
  return words[language][key].replace(/\{(\w+)\}/g, (gap, name: string) =>
    String(filling[name] ?? gap)
  )
}
