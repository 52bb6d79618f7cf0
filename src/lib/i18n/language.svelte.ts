import type { Language } from '#contract/text.ts'
import { carried } from './carried.ts'
import type { Messages } from './fi.ts'

type Spoken = Partial<Messages>

/** Screens that a working day never meets bring their Finnish along. */
const learnable = {
  arrival: async (): Promise<Spoken> => (await import('./fi/arrival.ts')).arrival,
  account: async (): Promise<Spoken> => (await import('./fi/account.ts')).account,
  lost: async (): Promise<Spoken> => (await import('./fi/lost.ts')).lost,
  browser: async (): Promise<Spoken> => (await import('./fi/browser.ts')).browser,
  log: async (): Promise<Spoken> => {
    const [{ ownLog }, { usage }, { clients }] = await Promise.all([
      import('./fi/own-log.ts'),
      import('./fi/usage.ts'),
      import('./fi/clients.ts')
    ])
    return { ...ownLog, ...usage, ...clients }
  },
  office: async (): Promise<Spoken> => (await import('./at-office.ts')).atOffice,
  prints: async (): Promise<Spoken> => (await import('./fi/prints.ts')).prints,
  profile: async (): Promise<Spoken> => (await import('./fi/profile.ts')).profile,
  notice: async (): Promise<Spoken> => (await import('./fi/notice.ts')).notice,
  certificate: async (): Promise<Spoken> => (await import('./fi/certificate.ts')).certificate,
  changes: async (): Promise<Spoken> => (await import('./fi/changes.ts')).changes,
  visits: async (): Promise<Spoken> => (await import('./fi/visiting.ts')).visiting,
  ready: async (): Promise<Spoken> => (await import('./fi/ready.ts')).ready,
  sheet: async (): Promise<Spoken> => (await import('./fi/sheet.ts')).sheet,
  locking: async (): Promise<Spoken> => (await import('./fi/locking.ts')).locking,
  ways: async (): Promise<Spoken> => (await import('./fi/ways.ts')).ways,
  paper: async (): Promise<Spoken> => (await import('./on-paper.ts')).onPaper
}

let finnish: Spoken = carried
const learnt: Partial<Record<keyof typeof learnable, true>> = {}

/** From the app's own cache when there is no network. */
const load: Record<Language, () => Promise<Spoken>> = {
  fi: () => Promise.resolve(finnish),
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

const isLanguage = (kept: string | undefined): kept is Language =>
  kept !== undefined && Object.hasOwn(load, kept)

/** Finnish where the chosen one cannot be fetched: words that stand are better than none. */
export async function recallLanguage(): Promise<void> {
  const kept = /(?:^|; )language=(\w+)/.exec(document.cookie)?.[1]
  if (!isLanguage(kept) || kept === spoken.language) return
  await speak(kept).catch(() => undefined)
}

export async function learn(words: keyof typeof learnable): Promise<void> {
  if (learnt[words]) return
  const more = await learnable[words]()
  learnt[words] = true
  finnish = { ...finnish, ...more }
  if (spoken.language === 'fi') spoken = { language: 'fi', messages: finnish }
}
