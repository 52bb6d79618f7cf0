import { toMoment } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { entriesOf } from '#contract/entry.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import { partName, type DocumentFiles, type PackageSource } from './package-source.ts'
import type { PackageWords } from './package-words.ts'

export function coverBlocks(
  source: PackageSource,
  words: PackageWords,
  files: DocumentFiles
): Block[] {
  const under = { number: source.number, when: words.when(toMoment(source.madeAt)) }
  return [
    {
      is: 'heading',
      level: 1,
      text: words.say('package.title'),
      under: words.say('package.under', under)
    },
    { is: 'paragraph', text: words.say('package.lead') },
    { is: 'facts', facts: coverFacts(source, words) },
    { is: 'heading', level: 2, text: words.say('package.contents') },
    { is: 'list', items: contentsOf(source, words, files) }
  ]
}

function coverFacts(source: PackageSource, words: PackageWords): Fact[] {
  const { facts, entries, organisation, madeBy } = source
  const [profile] = entriesOf(entries, 'profile')
  const decisions = entriesOf(entries, 'decision').map(({ data }) => data)
  const organisers = decisions.map(({ organiser }) => words.organiser(organiser))
  const decisionText = ({ product, number, from, until }: Decision) =>
    [words.product(product), number, `${words.day(from)}–${words.day(until)}`]
      .filter(Boolean)
      .join(', ')
  const { firstName, lastName, birthDate } = profile?.data ?? {}
  const until = facts.endDay ? words.day(facts.endDay) : ''
  return [
    {
      title: words.say('package.client'),
      value: [firstName?.value, lastName?.value].filter(Boolean).join(' '),
      ...(birthDate
        ? { remark: `${words.say('profile.birthDate')} ${words.day(birthDate.value)}` }
        : {})
    },
    { title: words.say('package.organiser'), value: [...new Set(organisers)].join('\n') },
    { title: words.say('package.decisions'), value: decisions.map(decisionText).join('\n') },
    { title: words.say('package.provider'), ...partyOf(organisation.controller) },
    { title: words.say('package.contactPerson'), ...partyOf(organisation.contactPerson) },
    { title: words.say('package.protectionOfficer'), ...partyOf(organisation.protectionOfficer) },
    {
      title: words.say('package.period'),
      value: `${words.day(facts.startDay)}–${until}`,
      remark: facts.id
    },
    ...(facts.endReason
      ? [
          {
            title: words.say('package.endReason'),
            value: words.say(`end-reason.${facts.endReason}`)
          }
        ]
      : []),
    { title: words.say('package.madeBy'), value: words.name(madeBy) }
  ]
}

const partyOf = (party: PackageSource['organisation']['controller']) => ({
  value: party.name,
  remark: [party.businessId, party.address, party.phone, party.email].filter(Boolean).join(' · ')
})

function contentsOf(source: PackageSource, words: PackageWords, files: DocumentFiles): string[] {
  return [
    words.say('package.contents.record', { entries: source.entries.length }),
    words.say('package.contents.archive', {
      name: partName(source.number, 'archive'),
      documents: files.size
    }),
    words.say('package.contents.manifest'),
    words.say('package.contents.passphrase'),
    ...(source.protectedEntries.length > 0 ? [words.say('package.contents.protected')] : [])
  ]
}
