import type { DecisionFigures, SummaryRow } from '#contract/summary-figures.ts'
import type { SummaryDocument } from '#contract/summary-document.ts'
import type { DisclosedContent } from '#contract/disclosure.ts'
import { substanceWords } from '#contract/summary.ts'
import { toMilliseconds } from '#contract/day.ts'
import { dateTimeOnPaper, dayOnPaper, hoursOnPaper, timeOnPaper } from '#server/paper/format.ts'
import type { Block, Fact, Paper } from '#server/paper/paper.ts'
import { sayOnPaper, type PaperKey } from '#server/paper/words.ts'

type Decision = SummaryDocument['decisions'][number]

/** 10/2026 */
export const monthOnPaper = (month: string): string =>
  `${Number(month.slice(5, 7))}/${month.slice(0, 4)}`

/** An approved summary as an authority reads it; the hours alone, where the rest is not for its reader. */
export function summaryPaper(
  document: SummaryDocument,
  hash: string,
  content: DisclosedContent
): Paper {
  const page = new Page(document)
  return {
    title: page.say('summary.title'),
    language: document.language,
    from: document.head.provider,
    mark: document.number,
    madeAt: toMilliseconds(document.approvedAt),
    blocks: [
      {
        is: 'heading',
        level: 1,
        text: page.say('summary.heading', { month: monthOnPaper(document.month) }),
        under: document.number
      },
      ...page.replaced(),
      { is: 'facts', facts: page.head() },
      ...document.decisions.flatMap((decision) => page.decision(decision)),
      ...(document.decisions.length === 0 ? [page.quiet('summary.noHours')] : []),
      ...page.overrun(),
      ...(content === 'whole' ? page.substance() : []),
      { is: 'paragraph', text: page.say('summary.hash', { hash }), tone: 'quiet' }
    ]
  }
}

class Page {
  readonly #document: SummaryDocument

  constructor(document: SummaryDocument) {
    this.#document = document
  }

  say(key: PaperKey, filling: Readonly<Record<string, string | number>> = {}): string {
    return sayOnPaper(this.#document.language, key, filling)
  }

  quiet(key: PaperKey): Block {
    return { is: 'paragraph', text: this.say(key), tone: 'quiet' }
  }

  replaced(): Block[] {
    const { replaces, version } = this.#document
    if (!replaces) return []
    const { number, reason } = replaces
    const title = this.say('summary.correction', { version, number })
    return [{ is: 'warning', title, text: reason }]
  }

  head(): Fact[] {
    const { head, client, month, approvedAt } = this.#document
    const name = [client.firstName, client.lastName].filter(Boolean).join(' ')
    const birth = client.birthDate && dayOnPaper(client.birthDate)
    const when = dateTimeOnPaper(this.#document.language, approvedAt)
    return [
      { title: this.say('summary.organiser'), value: head.organiser },
      {
        title: this.say('summary.provider'),
        value: head.provider,
        ...(head.businessId ? { remark: head.businessId } : {})
      },
      { title: this.say('summary.contact'), value: head.contact },
      {
        title: this.say('summary.client'),
        value: name,
        ...(birth ? { remark: this.say('summary.born', { day: birth }) } : {})
      },
      { title: this.say('summary.period'), value: monthOnPaper(month) },
      {
        title: this.say('summary.approved'),
        value: [head.approvedBy, when].filter(Boolean).join(', ')
      }
    ]
  }

  decision(decision: Decision): Block[] {
    const { productTitle, rows } = decision
    return [
      { is: 'heading', level: 2, text: productTitle },
      { is: 'facts', facts: this.#granted(decision) },
      ...this.#bars(decision),
      rows.length > 0 ? this.#rows(rows) : this.quiet('summary.noVisits')
    ]
  }

  #granted({ number, funding, from, until, ...figures }: Decision): Fact[] {
    const hours = (minutes: number) => hoursOnPaper(this.#document.language, minutes)
    const fact = (key: PaperKey, value: string): Fact => ({ title: this.say(key), value })
    const per: DecisionFigures['grantedPer'] = figures.grantedPer
    return [
      ...(number ? [fact('summary.number', number)] : []),
      fact('summary.funding', this.say(`funding.${funding}`)),
      fact('summary.validity', `${dayOnPaper(from)}–${dayOnPaper(until)}`),
      {
        ...fact('summary.granted', hours(figures.grantedMinutes)),
        remark: this.say(`summary.grantedPer.${per}`)
      },
      fact('summary.month', hours(figures.monthMinutes)),
      fact('summary.cumulative', hours(figures.cumulativeMinutes)),
      fact('summary.left', hours(figures.leftMinutes))
    ]
  }

  /** §6: how much of what was granted is used, at a look; nothing, where nothing is granted. */
  #bars({ grantedMinutes, leftMinutes }: Decision): Block[] {
    if (grantedMinutes === 0) return []
    const hours = (minutes: number) => hoursOnPaper(this.#document.language, minutes)
    const usedMinutes = grantedMinutes - leftMinutes
    const isOver = leftMinutes < 0
    const [granted, used, over] = [hours(grantedMinutes), hours(usedMinutes), hours(-leftMinutes)]
    return [
      {
        is: 'bars',
        alt: this.say(isOver ? 'summary.barsOver' : 'summary.bars', { granted, used, over }),
        bars: [
          {
            title: this.say('summary.granted'),
            value: grantedMinutes,
            said: granted,
            look: 'frame'
          },
          {
            title: this.say('summary.used'),
            value: usedMinutes,
            said: isOver ? this.say('summary.usedOver', { used, over }) : used,
            look: 'filled',
            limit: grantedMinutes
          }
        ]
      }
    ]
  }

  #rows(rows: readonly SummaryRow[]): Block {
    const { language, workers } = this.#document
    const hours = (minutes: number) => hoursOnPaper(language, minutes)
    const sum = (of: (row: SummaryRow) => number) =>
      hours(rows.reduce((total, row) => total + of(row), 0))
    const span = ({ startedAt, endedAt }: SummaryRow) =>
      startedAt && endedAt
        ? `${timeOnPaper(language, startedAt)}–${timeOnPaper(language, endedAt)}`
        : ''
    return {
      is: 'table',
      columns: [
        { title: this.say('summary.day'), share: 3 },
        { title: this.say('summary.time'), share: 3 },
        { title: this.say('summary.actual'), share: 3, isNumber: true },
        { title: this.say('summary.billable'), share: 3, isNumber: true },
        { title: this.say('summary.worker'), share: 4 },
        { title: this.say('summary.outcome'), share: 5 }
      ],
      rows: [
        ...rows.map((row) => [
          dayOnPaper(row.day),
          span(row),
          hours(row.actualMinutes),
          hours(row.billableMinutes),
          workers[row.worker] ?? '',
          this.say(`visit-state.${row.outcome}`)
        ]),
        [
          this.say('summary.sum'),
          '',
          sum((row) => row.actualMinutes),
          sum((row) => row.billableMinutes),
          '',
          ''
        ]
      ]
    }
  }

  /** §6: what went over what was granted, and why. */
  overrun(): Block[] {
    const { decisions, overrun, language } = this.#document
    const over = decisions.flatMap(({ overruns, productTitle }) =>
      overruns.map(({ first, last, grantedMinutes, usedMinutes }) =>
        this.say('summary.over', {
          product: productTitle,
          from: dayOnPaper(first),
          until: dayOnPaper(last),
          granted: hoursOnPaper(language, grantedMinutes),
          used: hoursOnPaper(language, usedMinutes)
        })
      )
    )
    if (over.length === 0) return []
    const title = this.say('summary.overrun')
    const text = overrun?.trim() ? overrun : this.say('summary.unexplained')
    return [
      { is: 'heading', level: 2, text: title },
      { is: 'list', items: over },
      { is: 'passage', title: this.say('summary.explained'), text }
    ]
  }

  substance(): Block[] {
    const { substance } = this.#document
    const passages = substanceWords.flatMap((word): Block[] => {
      const text = substance[word]?.trim()
      return text ? [{ is: 'passage', title: this.say(`summary.${word}`), text }] : []
    })
    const { isMade, on } = substance.notification
    const told = isMade
      ? on
        ? this.say('summary.notifiedOn', { day: dayOnPaper(on) })
        : this.say('summary.notified')
      : this.say('summary.notNotified')
    return [
      { is: 'heading', level: 2, text: this.say('summary.substance') },
      ...passages,
      { is: 'passage', title: this.say('summary.notification'), text: told }
    ]
  }
}
