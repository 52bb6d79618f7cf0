import { type Language, languageSchema } from '#contract/text.ts'
import { carried } from './carried.ts'
import type { Messages } from './fi.ts'

type Spoken = Partial<Messages>

let atOffice = false

/** From the app's own cache when there is no network. */
const load: Record<Language, () => Promise<Spoken>> = {
  fi: async () => (atOffice ? (await import('./fi.ts')).messages : carried),
  sv: async () => (await import('./sv.ts')).messages,
  en: async () => (await import('./en.ts')).messages
}

let spoken = $state.raw<{ language: Language; messages: Spoken }>({
  language: 'fi',
  messages: carried
})

export function currentLanguage(): Language {
  return spoken.language
}

export function currentMessages(): Spoken {
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

/** Finnish where the chosen one cannot be fetched: words that stand are better than none. */
export async function recallLanguage(): Promise<void> {
  const kept = /(?:^|; )language=(\w+)/.exec(document.cookie)?.[1]
  const language = languageSchema.safeParse(kept)
  if (!language.success || language.data === spoken.language) return
  await speak(language.data).catch(() => undefined)
}

/** The office's words; a tablet never fetches them. */
export async function learnOffice(): Promise<void> {
  if (atOffice) return
  atOffice = true
  await speak(spoken.language)
}
