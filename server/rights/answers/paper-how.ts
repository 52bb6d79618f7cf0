import { toMoment } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import { standardLogYears, type Organisation } from '#contract/settings.ts'
import type { PackageWords } from '#server/disclosures/package-words.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import type { ReportSource } from './report-source.ts'

const partyOf = (party: Organisation['controller']) => ({
  value: party.name,
  remark: [party.businessId, party.address, party.phone, party.email].filter(Boolean).join(' · ')
})

export function coverBlocks(source: ReportSource, words: PackageWords): Block[] {
  const isGuardian = source.for === 'guardian'
  const { number, madeAt, blackened, documents } = source
  const mark = words.say('report.removed')
  return [
    {
      is: 'heading',
      level: 1,
      text: words.say(isGuardian ? 'report.headingGuardian' : 'report.heading'),
      under: words.say('report.under', { number, when: words.when(toMoment(madeAt)) })
    },
    { is: 'paragraph', text: words.say(isGuardian ? 'report.leadGuardian' : 'report.lead') },
    ...(blackened > 0
      ? [
          {
            is: 'paragraph',
            text: words.say('report.removedMore', { mark, count: blackened })
          } as const
        ]
      : []),
    { is: 'paragraph', text: words.say('report.beside', { documents }) },
    { is: 'facts', facts: coverFacts(source, words) }
  ]
}

function coverFacts(source: ReportSource, words: PackageWords): Fact[] {
  const { facts, organisation, released } = source
  const [profile] = entriesOf(released.entries, 'profile')
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
    { title: words.say('report.for'), value: words.say(`report.for.${source.for}`) },
    { title: words.say('package.provider'), ...partyOf(organisation.controller) },
    { title: words.say('package.contactPerson'), ...partyOf(organisation.contactPerson) },
    { title: words.say('package.protectionOfficer'), ...partyOf(organisation.protectionOfficer) },
    {
      title: words.say('package.period'),
      value: `${words.day(facts.startDay)}–${until}`,
      remark: facts.id
    },
    { title: words.say('package.madeBy'), value: words.name(source.madeBy) }
  ]
}

/** GDPR Art. 15(1)(a)–(h) and (2): what must be told beside the data itself. */
export function howBlocks({ organisation }: ReportSource, words: PackageWords): Block[] {
  const { policy, processor } = organisation
  const fact = (title: Fact['title'], value: string): Fact => ({ title, value })
  const kept = { days: policy.deleteAfterDays, years: policy.logYears ?? standardLogYears }
  const supplier = [processor.name, processor.businessId, processor.address]
  return [
    { is: 'heading', level: 2, text: words.say('report.how') },
    {
      is: 'facts',
      facts: [
        fact(words.say('report.how.purpose'), words.say('report.how.purposeValue')),
        fact(words.say('report.how.source'), words.say('report.how.sourceValue')),
        fact(
          words.say('report.how.recipients'),
          words.say('report.how.recipientsValue', {
            processor: supplier.filter(Boolean).join(', ')
          })
        ),
        fact(words.say('report.how.abroad'), words.say('report.how.abroadValue')),
        fact(words.say('report.how.machine'), words.say('report.how.machineValue')),
        fact(words.say('report.how.kept'), words.say('report.how.keptValue', kept))
      ]
    },
    { is: 'heading', level: 2, text: words.say('report.rights') },
    {
      is: 'list',
      items: [
        words.say('report.rights.rectify'),
        words.say('report.rights.erase'),
        words.say('report.rights.restrict'),
        words.say('report.rights.move'),
        words.say('report.rights.ask'),
        words.say('report.rights.complain')
      ]
    }
  ]
}
