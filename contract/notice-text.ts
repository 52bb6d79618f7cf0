import { fieldsUnder, phrases, type NoticeField } from './clause-eight.ts'
import type { NoticeLine, NoticeText, NoticeTexts } from './notice-line.ts'
import { noticeEn } from './notice-words-en.ts'
import { noticeFi } from './notice-words-fi.ts'
import { noticeSv } from './notice-words-sv.ts'
import { standardLogYears, type Organisation } from './settings.ts'
import type { Language } from './text.ts'

/** §1–5, §7, §10: what of the settings the notice says. */
export type NoticeSettings = Pick<
  Organisation,
  'controller' | 'contactPerson' | 'protectionOfficer' | 'processor' | 'organisers'
> & { readonly policy: Pick<Organisation['policy'], 'deleteAfterDays' | 'logYears'> }

type Words = Readonly<Record<keyof typeof noticeFi, string>>

const wordsIn: Readonly<Record<Language, Words>> = { fi: noticeFi, sv: noticeSv, en: noticeEn }

/** A stored field as the notice names it. */
export const noticeFieldIn = (language: Language, field: NoticeField): string =>
  wordsIn[language][`field.${field}`]

const paragraph = (text: string): NoticeLine => ({ is: 'paragraph', text })
const listed = (term: string, items: readonly string[]): NoticeLine[] =>
  items.length === 0
    ? []
    : [{ is: 'term', text: term }, ...items.map((text) => ({ is: 'item' as const, text }))]

/** Written as it is dialled from anywhere, in groups. */
const finnishNumber = /^\+358(\d{2})(\d{3})(\d{3,4})$/

function partyLines(words: Words, party: NoticeSettings['controller']): NoticeLine[] {
  const { name, businessId, address, phone, email } = party
  const id = businessId && words.businessId.replace('{id}', businessId)
  const reached = [id, address, phone?.replace(finnishNumber, '+358 $1 $2 $3'), email].flatMap(
    (text) => text ?? []
  )
  return [{ is: 'term', text: name }, ...reached.map((text) => ({ is: 'item' as const, text }))]
}

/**
 * §8: from the table of what is stored, so that notice and schema cannot differ. The first version keeps
 * the original phrase and says that the rest is added in the next, where it stands as what the work needs.
 */
function storedLines(words: Words, version: number): NoticeLine[] {
  const named = (fields: readonly NoticeField[]) => fields.map((field) => words[`field.${field}`])
  return [
    paragraph(words['8.text']),
    ...phrases.flatMap((phrase) => listed(words[`phrase.${phrase}`], named(fieldsUnder(phrase)))),
    ...listed(words['8.papers'], named(fieldsUnder('papers'))),
    paragraph(words[version === 1 ? '8.beyondNext' : '8.beyondMore']),
    ...listed(words['8.beyond'], named(fieldsUnder('beyond')))
  ]
}

function retentionLines(words: Words, { policy }: NoticeSettings): NoticeLine[] {
  const years = policy.logYears ?? standardLogYears
  return [
    paragraph(words['7.text']),
    paragraph(words['7.deadline'].replace('{days}', String(policy.deleteAfterDays))),
    paragraph(words['7.logs'].replace('{years}', String(years)))
  ]
}

function composeIn(words: Words, settings: NoticeSettings, version: number): NoticeText {
  const organisers = settings.organisers.map(({ name }) => name)
  const sections: readonly NoticeLine[][] = [
    [paragraph(words['1.text'])],
    partyLines(words, settings.controller),
    partyLines(words, settings.contactPerson),
    partyLines(words, settings.protectionOfficer),
    [paragraph(words['5.text']), ...partyLines(words, settings.processor)],
    [paragraph(words['6.text']), paragraph(words['6.law'])],
    retentionLines(words, settings),
    storedLines(words, version),
    [paragraph(words['9.text'])],
    [paragraph(words['10.text']), ...listed(words['10.organisers'], organisers)],
    [paragraph(words['11.text'])],
    [paragraph(words['12.text']), paragraph(words['12.secrecy'])],
    [paragraph(words['13.text'])],
    [paragraph(words['14.text'])]
  ]
  return sections.map((lines, index) => {
    const number = index + 1
    return { number, title: words[`${number}.title` as keyof Words], lines }
  })
}

/** §14: the notice as the settings make it, in every language; the draft of that version. */
export function composeNotice(settings: NoticeSettings, version: number): NoticeTexts {
  const text = (language: Language) => composeIn(wordsIn[language], settings, version)
  return { fi: text('fi'), sv: text('sv'), en: text('en') }
}
