import { type Language, languageSchema } from '#contract/text.ts'
import { messages as finnish, type Messages } from './fi.ts'

/** Finnish comes with the app; the others when they are asked for, from the cache when there is no network. */
const load: Record<Language, () => Promise<Messages>> = {
  fi: () => Promise.resolve(finnish),
  sv: async () => (await import('./sv.ts')).messages,
  en: async () => (await import('./en.ts')).messages
}

let spoken = $state.raw<{ language: Language; messages: Messages }>({
  language: 'fi',
  messages: finnish
})

export function currentLanguage(): Language {
  return spoken.language
}

export function currentMessages(): Messages {
  return spoken.messages
}

async function speak(language: Language): Promise<void> {
  spoken = { language, messages: await load[language]() }
  document.documentElement.lang = language
}

/** Kept in a cookie of its own: a choice of language tells nobody anything. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language)
  document.cookie = `language=${language}; path=/; max-age=31536000; samesite=strict`
}

export async function recallLanguage(): Promise<void> {
  const kept = /(?:^|; )language=(\w+)/.exec(document.cookie)?.[1]
  const language = languageSchema.safeParse(kept)
  if (language.success && language.data !== spoken.language) await speak(language.data)
}
