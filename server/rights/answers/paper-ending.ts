import type { ClosingRecord } from '#contract/closing.ts'
import { toMoment, type Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { PackageWords } from '#server/disclosures/package-words.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import type { ReportSource } from './report-source.ts'

interface Made {
  readonly by: UserId | null
  readonly at: Moment
}

/** What the office wrote down beside the record, above all of an ending; nothing, where it wrote nothing. */
export function endingBlocks(source: ReportSource, words: PackageWords): Block[] {
  const facts = endingFacts(source, words)
  return facts.length > 0 ? [{ is: 'facts', facts }] : []
}

function endingFacts(source: ReportSource, words: PackageWords): Fact[] {
  const { facts, released, package: made } = source
  const { record } = released
  const when = ({ by, at }: Made) =>
    [by ? words.name(by) : words.say('usage.server'), words.when(at)].join(' ')
  return [
    ...(facts.endDay
      ? [{ title: words.say('report.ending.endDay'), value: words.day(facts.endDay) }]
      : []),
    ...(facts.endReason
      ? [
          {
            title: words.say('package.endReason'),
            value: words.say(`end-reason.${facts.endReason}`)
          }
        ]
      : []),
    ...(facts.deleteBy
      ? [{ title: words.say('report.ending.deleteBy'), value: words.day(facts.deleteBy) }]
      : []),
    ...settledFacts(record, words, when),
    ...holdFacts(record, words, when),
    ...record.resumed.map((one) => ({
      title: words.say('report.ending.resumed'),
      value: one.reason,
      remark: when(one)
    })),
    ...record.warnings.map(({ kind, day, at, to }) => ({
      title: words.say('report.ending.warned'),
      value: words.say(`report.ending.warning.${kind}`, { day: words.day(day) }),
      remark: [words.when(at), ...to.map((user) => words.name(user))].join(' · ')
    })),
    ...(record.answers ?? []).map((one) => ({
      title: words.say('report.ending.answered'),
      value: one.done,
      remark: when(one)
    })),
    ...(made
      ? [
          {
            title: words.say('report.ending.package'),
            value: made.number,
            remark: words.when(toMoment(made.madeAt))
          }
        ]
      : [])
  ]
}

function settledFacts(
  { receipt, retention, ticks, documents }: ClosingRecord,
  words: PackageWords,
  when: (made: Made) => string
): Fact[] {
  const kept = retention?.keep
  return [
    ...(receipt
      ? [
          {
            title: words.say('report.ending.receipt'),
            value: [words.day(receipt.receivedOn), receipt.from, receipt.how].join(', '),
            remark: when(receipt)
          }
        ]
      : []),
    ...(retention
      ? [
          {
            title: words.say('report.ending.retention'),
            value: kept
              ? `${kept.ground}, ${words.day(kept.lastDay)}`
              : words.say('report.ending.retentionNone'),
            remark: when(retention)
          }
        ]
      : []),
    ...ticks.map((one) => ({
      title: words.say(`report.ending.tick.${one.item}`),
      value: one.how,
      remark: when(one)
    })),
    ...documents.map((one) => ({
      title: words.say('report.ending.document'),
      value: [words.say(`report.ending.fate.${one.fate}`), one.how].filter(Boolean).join(', '),
      remark: when(one)
    }))
  ]
}

function holdFacts(
  { holds }: ClosingRecord,
  words: PackageWords,
  when: (made: Made) => string
): Fact[] {
  return holds.map((hold) => {
    const named = ({ by, at }: { by: UserId; at: Moment }) => ({
      name: words.name(by),
      when: words.when(at)
    })
    const steps = [
      ...hold.reviews.map((one) =>
        words.say('report.ending.review', { words: one.finding, ...named(one) })
      ),
      ...hold.renewals.map((one) =>
        words.say('report.ending.renewal', {
          words: one.reason,
          day: words.day(one.until),
          ...named(one)
        })
      ),
      ...hold.asides.map((one) =>
        words.say('report.ending.aside', { words: one.reason, ...named(one) })
      ),
      ...(hold.ended ? [words.say('report.ending.over', { when: words.when(hold.ended.at) })] : [])
    ]
    return {
      title: words.say('report.ending.hold'),
      value: [words.say(`report.ending.ground.${hold.ground}`), hold.words, ...steps]
        .filter(Boolean)
        .join('\n'),
      remark: when(hold)
    }
  })
}

/** What a worker wrote and nobody has let into the record yet. */
export function awaitingBlocks({ released }: ReportSource, words: PackageWords): Block[] {
  return released.awaiting.map(({ author, receivedAt, texts }) => ({
    is: 'passage',
    title: words.say('report.awaiting.by', {
      name: author ? words.name(author) : words.say('package.unknownPerson'),
      when: words.when(toMoment(receivedAt))
    }),
    text: texts.join('\n') || '–'
  }))
}

export function earlierBlocks({ answers, number }: ReportSource, words: PackageWords): Block[] {
  const earlier = answers.filter((one) => one.number !== number)
  if (earlier.length === 0) return []
  return [
    {
      is: 'list',
      items: earlier.map(({ number: of, kind, madeAt }) =>
        [of, words.say(`report.made.${kind}`), words.when(toMoment(madeAt))].join(', ')
      )
    }
  ]
}
