import type { Contact } from '#contract/contact.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { profileFields, type Profile, type ProfileField } from '#contract/profile.ts'
import { addressFields, hiddenValue, isAddressField } from '#contract/protected-address.ts'
import { isValueOf } from '#contract/profile-value.ts'
import type { Suggestion } from '#contract/suggestion.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import type { PackageWords } from './package-words.ts'

/** §9: each field with where it came from, who recorded it and when. */
export function profileBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  const [profile] = entriesOf(entries, 'profile')
  return profile ? [{ is: 'facts', facts: profileFacts(profile.data, profileFields, words) }] : []
}

function profileFacts(
  profile: Profile,
  fields: readonly ProfileField[],
  words: PackageWords
): Fact[] {
  return fields.flatMap((field) => {
    const recorded = profile[field]
    if (!recorded) return []
    const remark = words.say('package.recorded', {
      source: words.say(`source.${recorded.source}`),
      name: words.name(recorded.by),
      when: words.when(recorded.at)
    })
    return [
      {
        title: words.say(`profile.${field}`),
        value: fieldValue(field, recorded.value, words),
        remark
      }
    ]
  })
}

function fieldValue(field: ProfileField, value: string, words: PackageWords): string {
  if (field === 'birthDate') return words.day(value as Parameters<PackageWords['day']>[0])
  if (field === 'language') return words.say(`language.${value as 'fi' | 'sv' | 'en'}`)
  if (field === 'addressProtected') return words.yesOrNo(value === 'yes')
  return value
}

/** A proposal is in the worker's words, and need not be what the field may keep. */
const proposedValue = (field: ProfileField, value: string, words: PackageWords): string =>
  isValueOf(field, value) ? fieldValue(field, value, words) : value

export function contactBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  return entriesOf(entries, 'contact').flatMap(({ data }): Block[] => [
    { is: 'heading', level: 3, text: data.name, under: words.say(`relation.${data.relation}`) },
    { is: 'facts', facts: contactFacts(data, words) }
  ])
}

function contactFacts(contact: Contact, words: PackageWords): Fact[] {
  const { phone, email, custody, home, note, noContact } = contact
  const hidden = words.say('package.hidden')
  const fact = (title: string, value: string | undefined): Fact[] =>
    value === undefined || value === '' ? [] : [{ title, value }]
  return [
    ...fact(words.say('package.contact.noContact'), noContact ? words.yesOrNo(true) : undefined),
    ...fact(words.say('profile.phone'), phone),
    ...fact(words.say('profile.email'), email),
    ...fact(words.say('package.contact.custody'), custody && words.say(`custody.${custody}`)),
    ...fact(words.say('package.contact.home'), home?.isProtected ? hidden : homeText(home)),
    ...fact(words.say('package.contact.note'), note)
  ]
}

const homeText = (home: Contact['home']): string =>
  home
    ? [home.street, [home.postalCode, home.town].filter(Boolean).join(' '), home.access]
        .filter(Boolean)
        .join('\n')
    : ''

export function suggestionBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  const suggestions = entriesOf(entries, 'suggestion')
  if (suggestions.length === 0) return []
  return [
    {
      is: 'table',
      columns: [
        { title: words.say('package.suggestion.field'), share: 2 },
        { title: words.say('package.suggestion.value'), share: 3 },
        { title: words.say('package.suggestion.by'), share: 3 },
        { title: words.say('package.suggestion.decided'), share: 3 }
      ],
      rows: suggestions.map(({ data }) => suggestionRow(data, words))
    }
  ]
}

function suggestionRow(suggestion: Suggestion, words: PackageWords): string[] {
  const { field, value, author, suggestedAt, source, state, decidedBy, decidedAt, word } =
    suggestion
  const isHidden = isAddressField(field) && value === hiddenValue
  return [
    words.say(`profile.${field}`),
    isHidden ? words.say('package.hidden') : proposedValue(field, value, words),
    `${words.name(author)} ${words.when(suggestedAt)}\n${words.say(`source.${source}`)}`,
    [
      words.say(`suggestion-state.${state}`),
      decidedBy && decidedAt && `${words.name(decidedBy)} ${words.when(decidedAt)}`,
      word
    ]
      .filter(Boolean)
      .join('\n')
  ]
}

/** Turvakielto: on a page of its own, which can be kept apart. */
export function protectedBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  if (entries.length === 0) return []
  const proposed = entriesOf(entries, 'suggestion').map(({ data }): Fact => ({
    title: words.say('package.protectedSuggestion', { field: words.say(`profile.${data.field}`) }),
    value: proposedValue(data.field, data.value, words)
  }))
  return [
    { is: 'page' },
    {
      is: 'warning',
      title: words.say('package.protected'),
      text: words.say('package.protectedLead')
    },
    ...entriesOf(entries, 'profile').map(({ data }): Block => ({
      is: 'facts',
      facts: [
        {
          title: words.say('package.client'),
          value: `${data.firstName.value} ${data.lastName.value}`
        },
        ...profileFacts(data, addressFields, words)
      ]
    })),
    ...entriesOf(entries, 'contact').map(({ data }): Block => ({
      is: 'facts',
      facts: [{ title: data.name, value: homeText(data.home) }]
    })),
    ...(proposed.length > 0 ? [{ is: 'facts', facts: proposed } as const] : [])
  ]
}
