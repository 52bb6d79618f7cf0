import type { Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { RightsWork } from '#contract/rights-request.ts'
import type { PackageWords } from '#server/disclosures/package-words.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import type { ReportSource } from './report-source.ts'

interface Made {
  readonly by: UserId
  readonly at: Moment
}

/** §13: what was asked before, by whom, and what came of it: those words are held too. */
export function askedBlocks({ released, facts }: ReportSource, words: PackageWords): Block[] {
  const asked = released.requests.flatMap(({ codes, work }): Block[] => [
    {
      is: 'heading',
      level: 3,
      text: words.say(`rights.kind.${codes.kind}`),
      under: [
        codes.number,
        words.say('report.request.received', { day: words.day(codes.receivedOn) }),
        words.name(codes.registeredBy),
        codes.outcome && words.say(`rights.outcome.${codes.outcome}`)
      ]
        .filter(Boolean)
        .join(' · ')
    },
    ...factsBlock(askedFacts(work, words))
  ])
  const { restrictedOn } = facts
  return restrictedOn
    ? [
        {
          is: 'paragraph',
          text: words.say('report.request.restricted', { day: words.day(restrictedOn) })
        },
        ...asked
      ]
    : asked
}

const factsBlock = (facts: readonly Fact[]): Block[] =>
  facts.length > 0 ? [{ is: 'facts', facts }] : []

function askedFacts(work: RightsWork, words: PackageWords): Fact[] {
  const when = ({ by, at }: Made) => `${words.name(by)} ${words.when(at)}`
  const said = (title: string, value: string | undefined, made?: Made): Fact[] =>
    value === undefined ? [] : [{ title, value, ...(made ? { remark: when(made) } : {}) }]
  const { answer, extended, weighed, withdrawn } = work
  return [
    ...said(words.say('rights.asked'), work.asked),
    ...said(words.say('report.request.name'), work.name),
    ...said(words.say('report.request.standing'), work.standing),
    ...said(words.say('report.request.identified'), work.identifiedHow),
    ...(extended ? said(words.say('report.request.extended'), extended.reason, extended) : []),
    ...work.forwards.flatMap((one) =>
      said(
        words.say('rights.forwarded'),
        [words.organiser(one.organiser), words.day(one.on), one.words].filter(Boolean).join('\n'),
        one
      )
    ),
    ...work.rectified.flatMap((one) =>
      said(
        words.say('rights.rectified'),
        [words.say(`rights.what.${one.what}`), one.former, one.reason].filter(Boolean).join('\n'),
        one
      )
    ),
    ...work.told.flatMap((one) =>
      said(words.say('rights.told'), `${words.organiser(one.recipient)}, ${words.day(one.on)}`, one)
    ),
    ...work.restrictions.flatMap((one) =>
      said(
        words.say('report.request.restriction'),
        [
          one.words ?? '–',
          one.lifted && words.say('report.request.lifted', { words: one.lifted.reason })
        ]
          .filter(Boolean)
          .join('\n'),
        one
      )
    ),
    ...(weighed ? said(words.say('report.request.weighed'), weighed.words, weighed) : []),
    ...(answer
      ? said(
          words.say('rights.answer'),
          [
            words.say(`rights.outcome.${answer.outcome}`),
            answer.ground && words.say(`rights.ground.${answer.ground}`),
            answer.words
          ]
            .filter(Boolean)
            .join('\n'),
          answer
        )
      : []),
    ...(withdrawn ? said(words.say('report.request.withdrawn'), withdrawn.reason, withdrawn) : [])
  ]
}
