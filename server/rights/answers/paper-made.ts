import { countVisits } from '#contract/counted-visit.ts'
import { minutesBetween, toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { OfficeEntry, OfficeData } from '#contract/office-entry.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { summaryDocumentSchema } from '#contract/summary-document.ts'
import { substanceWords } from '#contract/summary.ts'
import type { Visit } from '#contract/visit.ts'
import { visitMoment } from '#server/disclosures/paper-work.ts'
import type { PackageWords } from '#server/disclosures/package-words.ts'
import { numberOnPaper } from '#server/paper/format.ts'
import type { Block, Fact } from '#server/paper/paper.ts'

/** Planned, actual and billable are three different numbers, and all are kept. */
export function minuteBlocks(
  entries: readonly Entry[],
  rules: readonly OrganiserRule[],
  words: PackageWords
): Block[] {
  const visits = entriesOf(entries, 'visit').map(({ data }) => data)
  if (visits.length === 0) return []
  const counted = new Map(
    entriesOf(entries, 'decision')
      .flatMap(({ id, data }) => countVisits(id, data, visits, rules))
      .map((one) => [one.visit, one])
  )
  const row = (visit: Visit): string[] => {
    const moment = visitMoment(visit)
    const { plannedStart, plannedEnd, startedAt, endedAt } = visit
    const told = counted.get(visit)
    const planned = plannedStart && plannedEnd ? minutesBetween(plannedStart, plannedEnd) : 0
    const actual = startedAt && endedAt ? minutesBetween(startedAt, endedAt) : 0
    return [
      moment ? words.when(moment) : '',
      words.product(visit.product),
      String(told?.plannedMinutes ?? planned),
      String(told?.actualMinutes ?? actual),
      told ? String(told.billableMinutes) : '–'
    ]
  }
  const byTime = (one: Visit) => {
    const moment = visitMoment(one)
    return moment ? toMilliseconds(moment) : 0
  }
  return [
    {
      is: 'table',
      columns: [
        { title: words.say('package.visit.day'), share: 3 },
        { title: words.say('package.decision.product'), share: 4 },
        { title: words.say('report.minutes.planned'), share: 2, isNumber: true },
        { title: words.say('report.minutes.actual'), share: 2, isNumber: true },
        { title: words.say('report.minutes.billable'), share: 2, isNumber: true }
      ],
      rows: visits.toSorted((a, b) => byTime(a) - byTime(b)).map(row)
    }
  ]
}

export function summaryBlocks(made: readonly OfficeEntry[], words: PackageWords): Block[] {
  return made.flatMap((entry): Block[] => {
    if (entry.kind !== 'summary') return []
    const { month, organiser, state, version, substance, overrun } = entry.data
    const [year = '', number = ''] = month.split('-')
    const under = {
      organiser: words.organiser(organiser),
      state: words.say(`report.summary.state.${state}`),
      version
    }
    return [
      {
        is: 'heading',
        level: 3,
        text: `${Number(number)}/${year}`,
        under: words.say('report.summary.under', under)
      },
      { is: 'facts', facts: summaryFacts(entry.data, words) },
      ...substanceWords.flatMap((field): Block[] => {
        const text = substance[field]
        return text ? [{ is: 'passage', title: words.say(`summary.${field}`), text }] : []
      }),
      ...(overrun
        ? [{ is: 'passage', title: words.say('summary.explained'), text: overrun } as const]
        : [])
    ]
  })
}

function summaryFacts(summary: OfficeData<'summary'>, words: PackageWords): Fact[] {
  const { substance, checked, locked, replaces, deliveries, language } = summary
  const { isMade, on } = substance.notification
  const notified = on
    ? words.say('summary.notifiedOn', { day: words.day(on) })
    : words.say('summary.notified')
  const person = ({
    by,
    at
  }: {
    by: Parameters<PackageWords['name']>[0]
    at: Parameters<PackageWords['when']>[0]
  }) => `${words.name(by)} ${words.when(at)}`
  return [
    {
      title: words.say('summary.notification'),
      value: isMade ? notified : words.say('summary.notNotified')
    },
    { title: words.say('report.summary.language'), value: words.say(`language.${language}`) },
    ...(checked ? [{ title: words.say('report.summary.checked'), value: person(checked) }] : []),
    ...(locked
      ? [
          { title: words.say('report.summary.number'), value: locked.number },
          { title: words.say('report.summary.approved'), value: person(locked) },
          ...hoursOf(locked.text, words)
        ]
      : []),
    ...(replaces
      ? [
          {
            title: words.say('report.summary.replaces'),
            value: `${replaces.number}\n${replaces.reason}`
          }
        ]
      : []),
    ...deliveries.map((one) => ({
      title: words.say('report.summary.delivered'),
      value: `${person(one)}, ${words.say(`disclosure.channel.${one.channel}`)}`,
      ...(one.receipt
        ? {
            remark: words.say('report.summary.received', {
              name: words.name(one.receipt.by),
              when: words.when(one.receipt.at)
            })
          }
        : {})
    }))
  ]
}

/** The hours as they were approved, whatever became of the visits since. */
function hoursOf(text: string, words: PackageWords): Fact[] {
  const read = summaryDocumentSchema.safeParse(parsed(text))
  if (!read.success) return []
  const lines = read.data.decisions.map(({ productTitle, monthMinutes, leftMinutes }) =>
    words.say('report.summary.hours', {
      product: productTitle,
      used: words.hours(monthMinutes),
      left: words.hours(leftMinutes)
    })
  )
  return lines.length > 0 ? [{ title: words.say('summary.month'), value: lines.join('\n') }] : []
}

/** What was approved is read as it was written; what is no such document has no hours to tell. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function eventBlocks(made: readonly OfficeEntry[], words: PackageWords): Block[] {
  const events = made.flatMap((entry) => (entry.kind === 'service-event' ? [entry.data] : []))
  if (events.length === 0) return []
  return [
    {
      is: 'table',
      columns: [
        { title: words.say('package.visit.day'), share: 2 },
        { title: words.say('report.event.told'), share: 5 },
        { title: words.say('report.event.history'), share: 6 }
      ],
      rows: events.map((event) => [
        `${words.day(event.day)}\n${words.say(`disclosure.channel.${event.channel}`)}`,
        toldText(event, words),
        historyText(event, words)
      ])
    }
  ]
}

function toldText(event: OfficeData<'service-event'>, words: PackageWords): string {
  const { told, externalNumber, organiser, product } = event
  const { number, code, start, end, minutes, priceCents, valueCents, outcome } = told
  const euros = (cents: number) =>
    words.say('report.event.value', { euros: numberOnPaper('fi', cents / 100) })
  return [
    words.organiser(organiser),
    words.product(product),
    number,
    code,
    `${words.when(start)}–${end ? words.time(end) : ''}`,
    words.say('report.event.minutes', { minutes }),
    [priceCents, valueCents]
      .flatMap((cents) => (cents === undefined ? [] : euros(cents)))
      .join(' · '),
    outcome && words.say(`visit-state.${outcome}`),
    externalNumber && words.say('report.event.external', { number: externalNumber })
  ]
    .filter(Boolean)
    .join('\n')
}

function historyText(event: OfficeData<'service-event'>, words: PackageWords): string {
  const steps = event.history.map(({ state, by, at, reason, takesBack }) =>
    [
      `${words.say(`report.event.state.${state}`)}: ${words.name(by)} ${words.when(at)}`,
      takesBack && words.say('report.event.taken-back'),
      reason
    ]
      .filter(Boolean)
      .join(', ')
  )
  const exported = (event.exports ?? []).map(({ by, at }) =>
    words.say('report.event.exported', { name: words.name(by), when: words.when(at) })
  )
  return [...steps, ...exported].join('\n')
}

/** Who recorded each fact and when, whatever it is: nothing that is held is without it. */
export function recordedBlocks(
  entries: readonly (Entry | OfficeEntry)[],
  words: PackageWords
): Block[] {
  return [
    {
      is: 'table',
      columns: [
        { title: words.say('report.recorded.what'), share: 4 },
        { title: words.say('usage.who'), share: 4 },
        { title: words.say('usage.at'), share: 3 }
      ],
      rows: entries.map((entry) => [
        words.say(`report.kind.${entry.kind}`),
        words.name(entry.by),
        words.when(entry.at)
      ])
    }
  ]
}
