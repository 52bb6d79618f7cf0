import { fundingSchema, grantPeriodSchema } from '#contract/decision.ts'
import { custodySchema, relationSchema } from '#contract/contact.ts'
import { languageSchema } from '#contract/text.ts'
import { plain } from './guess.ts'
import type { Worded } from './target.ts'

/** One thing that a word of the file may mean. */
export interface Option {
  readonly value: string
  readonly label: string
  /** Other words for it: its name in other languages, a user name. */
  readonly also?: readonly string[]
}

/** Words of other systems, in three languages, for what has a fixed list here. */
const wordsOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'profile.language': {
    fi: ['suomi', 'finska', 'finnish', 'fi', 'fin'],
    sv: ['ruotsi', 'svenska', 'swedish', 'sv', 'swe'],
    en: ['englanti', 'engelska', 'english', 'en', 'eng']
  } satisfies Record<(typeof languageSchema.options)[number], readonly string[]>,
  'contact.relation': {
    guardian: [
      'huoltaja',
      'äiti',
      'isä',
      'vanhempi',
      'vårdnadshavare',
      'mor',
      'far',
      'mamma',
      'pappa',
      'guardian',
      'mother',
      'father',
      'parent'
    ],
    child: ['lapsi', 'poika', 'tytär', 'barn', 'son', 'dotter', 'child', 'daughter'],
    family: [
      'läheinen',
      'isovanhempi',
      'mummo',
      'ukki',
      'puoliso',
      'sisarus',
      'täti',
      'setä',
      'eno',
      'anhörig',
      'närstående',
      'family',
      'relative'
    ],
    authority: [
      'viranomainen',
      'sosiaalityöntekijä',
      'omatyöntekijä',
      'koulu',
      'neuvola',
      'myndighet',
      'socialarbetare',
      'authority',
      'socialworker'
    ],
    other: ['muu', 'ystävä', 'naapuri', 'annan', 'other', 'friend', 'neighbour']
  } satisfies Record<(typeof relationSchema.options)[number], readonly string[]>,
  'contact.custody': {
    sole: ['yksinhuoltaja', 'yksinhuoltajuus', 'yksin', 'ensamvårdnad', 'sole'],
    joint: [
      'yhteishuoltaja',
      'yhteishuoltajuus',
      'yhteinen',
      'gemensamvårdnad',
      'gemensam',
      'joint'
    ],
    restricted: ['rajoitettu', 'begränsad', 'restricted'],
    none: ['eihuoltajuutta', 'eihuoltaja', 'ei', 'ingen', 'none', 'no']
  } satisfies Record<(typeof custodySchema.options)[number], readonly string[]>,
  'decision.funding': {
    voucher: [
      'palveluseteli',
      'seteli',
      'ps',
      'servicesedel',
      'sedel',
      'voucher',
      'servicevoucher'
    ],
    purchased: [
      'ostopalvelu',
      'osto',
      'maksusitoumus',
      'köptjänst',
      'köptservice',
      'purchased',
      'purchasedservice'
    ],
    direct: [
      'itsemaksava',
      'omakustanteinen',
      'suora',
      'yksityinen',
      'självbetalande',
      'direkt',
      'direct',
      'private',
      'selfpaying'
    ]
  } satisfies Record<(typeof fundingSchema.options)[number], readonly string[]>,
  'decision.per': {
    week: ['viikko', 'viikossa', 'vko', 'hvko', 'vecka', 'pervecka', 'week', 'perweek', 'weekly'],
    month: [
      'kuukausi',
      'kuukaudessa',
      'kk',
      'hkk',
      'månad',
      'permånad',
      'mån',
      'month',
      'permonth',
      'monthly'
    ],
    total: ['yhteensä', 'kokopäätös', 'kokokausi', 'kausi', 'total', 'totalt', 'intotal']
  } satisfies Record<(typeof grantPeriodSchema.options)[number], readonly string[]>,
  'decision.controller': {
    organiser: ['tilaaja', 'järjestäjä', 'kunta', 'hyvinvointialue', 'beställare', 'organiser'],
    provider: ['palveluntuottaja', 'tuottaja', 'me', 'serviceproducent', 'producent', 'provider']
  },
  'assignment.tasks': {
    care: ['hoito', 'käynnit', 'kotikäynnit', 'perhetyö', 'vård', 'besök', 'care', 'visits'],
    documents: ['asiakirjat', 'dokument', 'handlingar', 'documents'],
    reporting: ['raportointi', 'rapportering', 'reporting']
  }
}

/** `Helmi Kotikäyttäjä`, `Kotikäyttäjä Helmi` and `Kotikäyttäjä, Helmi` are one. */
const turned = (name: string): string => {
  const [first = '', ...rest] = name.replace(',', ' ').trim().split(/\s+/)
  return plain([...rest, first].join(''))
}

/** What the word seems to mean; null when that is not clear, or when it may be two things. */
export function guessMeaning(
  field: Worded,
  word: string,
  options: readonly Option[]
): string | null {
  const text = plain(word)
  if (text === '') return null
  const known = wordsOf[field] ?? {}
  const same = options.filter(({ value, label, also = [] }) =>
    [value, label, ...also, ...(known[value] ?? [])].some((each) => {
      const whole = plain(each)
      return whole === text || whole === turned(word)
    })
  )
  if (same.length > 0) return same.length === 1 ? (same[0]?.value ?? null) : null
  if (text.length < 4) return null
  const near = options.filter(({ label, also = [] }) =>
    [label, ...also].some((each) => {
      const whole = plain(each)
      return whole.length >= 4 && (whole.includes(text) || text.startsWith(whole))
    })
  )
  return near.length === 1 ? (near[0]?.value ?? null) : null
}
