import { dayAt, minutesBetween, toMilliseconds, type Moment } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { Split } from '#contract/split.ts'
import type { Visit } from '#contract/visit.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import type { PackageWords } from './package-words.ts'

/** §6: what was granted, and what was held of it. */
export function decisionBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  const visits = entriesOf(entries, 'visit')
  return entriesOf(entries, 'decision').flatMap(({ id, data }): Block[] => [
    {
      is: 'heading',
      level: 3,
      text: words.product(data.product),
      under: words.organiser(data.organiser)
    },
    {
      is: 'facts',
      facts: decisionFacts(
        data,
        visits.filter((visit) => visit.data.decision === id),
        words
      )
    }
  ])
}

function decisionFacts(
  decision: Decision,
  visits: readonly Entry<'visit'>[],
  words: PackageWords
): Fact[] {
  const { number, funding, controller, from, until, grantedMinutes, grantedPer, goals } = decision
  const held = visits.filter(({ data }) => data.state === 'completed' && !data.forkOf)
  const minutes = held.reduce((sum, { data }) => sum + heldMinutes(data), 0)
  const granted = `${words.hours(grantedMinutes)} ${words.say(`granted.${grantedPer}`)}`
  return [
    { title: words.say('package.decision.number'), value: number ?? '–' },
    {
      title: words.say('package.decision.validity'),
      value: `${words.day(from)}–${words.day(until)}`
    },
    { title: words.say('package.decision.funding'), value: words.say(`funding.${funding}`) },
    {
      title: words.say('package.decision.controller'),
      value: words.say(`controller.${controller}`)
    },
    { title: words.say('package.decision.granted'), value: granted },
    {
      title: words.say('package.decision.held'),
      value: words.say('package.decision.heldValue', {
        hours: words.hours(minutes),
        count: held.length
      })
    },
    ...(goals.length > 0
      ? [{ title: words.say('package.decision.goals'), value: goals.join('\n') }]
      : []),
    ...(decision.exception
      ? [{ title: words.say('package.exception'), value: words.exception(decision.exception) }]
      : [])
  ]
}

const heldMinutes = ({ startedAt, endedAt }: Visit): number =>
  startedAt && endedAt ? minutesBetween(startedAt, endedAt) : 0

export function teamBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  const assignments = entriesOf(entries, 'assignment')
  if (assignments.length === 0) return []
  return [
    {
      is: 'table',
      columns: [
        { title: words.say('package.team.worker'), share: 3 },
        { title: words.say('package.decision.validity'), share: 3 },
        { title: words.say('package.team.tasks'), share: 3 },
        { title: words.say('package.team.more'), share: 3 }
      ],
      rows: assignments.map(({ data }) => [
        words.name(data.worker),
        `${words.day(data.from)}–${data.until ? words.day(data.until) : ''}`,
        data.tasks.map((task) => words.say(`task.${task}`)).join(', '),
        [
          data.substituteFor &&
            words.say('package.team.substitute', { name: words.name(data.substituteFor) }),
          data.exception && words.exception(data.exception)
        ]
          .filter(Boolean)
          .join('\n')
      ])
    }
  ]
}

/** When it was held, or else when it was to be. */
export const visitMoment = ({ startedAt, plannedStart }: Visit): Moment | undefined =>
  startedAt ?? plannedStart

export function visitBlocks(entries: readonly Entry[], words: PackageWords): Block[] {
  const visits = entriesOf(entries, 'visit').sort(byVisitTime)
  if (visits.length === 0) return []
  return [
    {
      is: 'table',
      columns: [
        { title: words.say('package.visit.day'), share: 2 },
        { title: words.say('package.visit.planned'), share: 2 },
        { title: words.say('package.visit.actual'), share: 2 },
        { title: words.say('package.visit.hours'), share: 1.4, isNumber: true },
        { title: words.say('package.visit.worker'), share: 3 },
        { title: words.say('package.visit.outcome'), share: 4 }
      ],
      rows: visits.map(({ data }) => visitRow(data, words))
    }
  ]
}

function byVisitTime(a: Entry<'visit'>, b: Entry<'visit'>): number {
  const [first = 0, second = 0] = [a, b].map(({ data }) => {
    const moment = visitMoment(data)
    return moment ? toMilliseconds(moment) : 0
  })
  return first - second || (a.id < b.id ? -1 : 1)
}

function visitRow(visit: Visit, words: PackageWords): string[] {
  const { plannedStart, plannedEnd, startedAt, endedAt, state, formerly = [] } = visit
  const moment = visitMoment(visit)
  const shared = (split?: Split) => split && words.say('package.visit.split', { count: split.of })
  const span = (from?: Moment, to?: Moment) =>
    from ? `${words.time(from)}–${to ? words.time(to) : ''}` : ''
  return [
    moment ? words.day(dayAt(toMilliseconds(moment))) : '',
    span(plannedStart, plannedEnd),
    span(startedAt, endedAt),
    startedAt && endedAt ? words.hours(minutesBetween(startedAt, endedAt)) : '',
    words.name(visit.worker),
    [
      words.say(`visit-state.${state}`),
      shared(visit.split),
      visit.reason,
      visit.recordedBy &&
        words.say('package.visit.recorded', { name: words.name(visit.recordedBy) }),
      visit.kilometres !== undefined &&
        words.say('package.visit.kilometres', { km: visit.kilometres }),
      ...formerly.map((one) =>
        words.say('package.visit.formerly', {
          span: span(one.startedAt, one.endedAt),
          outcome: [words.say(`visit-state.${one.state}`), shared(one.split)]
            .filter(Boolean)
            .join(', '),
          reason: one.reason ?? '–',
          name: words.name(one.by),
          when: words.when(one.at)
        })
      ),
      visit.forkOf && words.say('package.visit.fork'),
      visit.exception && words.exception(visit.exception)
    ]
      .filter(Boolean)
      .join('\n')
  ]
}
