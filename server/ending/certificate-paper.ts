import {
  certificateText,
  type Certificate,
  type CertificateTwo,
  type CertifiedTablet
} from '#contract/certificate.ts'
import { toMilliseconds, type Moment } from '#contract/day.ts'
import type { Language } from '#contract/text.ts'
import { dateTimeOnPaper, numberOnPaper } from '#server/paper/format.ts'
import type { Block, Fact, Paper } from '#server/paper/paper.ts'
import { sayOnPaper, type PaperKey } from '#server/paper/words.ts'

const kinds = [
  'profile',
  'contact',
  'decision',
  'assignment',
  'visit',
  'note',
  'document',
  'suggestion',
  'completion-request',
  'summary',
  'service-event',
  'page',
  'held-operation',
  'entry'
] as const

const places = [
  'data-key',
  'customerships',
  'entries',
  'operations',
  'heldOperations',
  'pages',
  'pageParts',
  'holdings',
  'tokens',
  'indexed'
] as const

/** The certificate as a paper: what it says in words, and the text that is signed as it is. */
export function certificatePaper(
  certificate: Certificate,
  provider: string,
  language: Language
): Paper {
  const { number, deletedAt } = certificate
  const two = 'format' in certificate ? certificate : null
  const madeAt = toMilliseconds(two?.renewedAt ?? deletedAt)
  const page = new Page(language)
  return {
    title: page.say('certificate.title'),
    language,
    from: provider,
    mark: number,
    madeAt,
    blocks: [
      page.heading(1, 'certificate.heading', { number }),
      page.paragraph('certificate.lede'),
      page.facts(certificate, provider),
      ...(two ? page.deleted(two) : []),
      ...page.devices(certificate),
      ...page.checks(certificate),
      ...page.signature(certificate)
    ]
  }
}

class Page {
  readonly #language: Language

  constructor(language: Language) {
    this.#language = language
  }

  say(key: PaperKey, filling: Readonly<Record<string, string | number>> = {}): string {
    return sayOnPaper(this.#language, key, filling)
  }

  heading(
    level: 1 | 2,
    key: PaperKey,
    filling: Readonly<Record<string, string | number>> = {}
  ): Block {
    return { is: 'heading', level, text: this.say(key, filling) }
  }

  paragraph(key: PaperKey, filling: Readonly<Record<string, string | number>> = {}): Block {
    return { is: 'paragraph', text: this.say(key, filling) }
  }

  facts(certificate: Certificate, provider: string): Block {
    const { cause, customership, deletedAt } = certificate
    const fact = (key: PaperKey, value: string): Fact => ({ title: this.say(key), value })
    const facts = [
      fact('certificate.controller', provider),
      fact('certificate.deletedAt', this.#at(deletedAt)),
      fact('certificate.cause', this.say(`certificate.cause.${cause}`))
    ]
    if ('format' in certificate) {
      const { plannedAt, renewedAt, handOver, versions } = certificate
      facts.push(
        fact('certificate.plannedAt', this.#at(plannedAt)),
        ...(renewedAt ? [fact('certificate.renewedAt', this.#at(renewedAt))] : []),
        fact('certificate.handOver', this.say(`certificate.handOver.${handOver}`)),
        fact('certificate.versions', versions.app)
      )
    }
    return { is: 'facts', facts: [...facts, fact('certificate.customership', customership)] }
  }

  deleted({ kinds: counted, methods, scan, backup }: CertificateTwo): Block[] {
    const read = scan && {
      at: this.#at(scan.at),
      files: scan.files,
      megabytes: numberOnPaper(this.#language, Math.ceil(scan.bytes / 100_000) / 10),
      marks: scan.marks,
      found: scan.found
    }
    return [
      this.heading(2, 'certificate.what'),
      this.#counts(
        ['certificate.kind', 'certificate.count'],
        counted.map(({ kind, count }) => [this.#kind(kind), count])
      ),
      this.heading(2, 'certificate.how'),
      { is: 'list', items: methods.map((method) => this.say(`certificate.method.${method}`)) },
      this.heading(2, 'certificate.scan'),
      read
        ? this.paragraph('certificate.scan.read', read)
        : this.paragraph('certificate.scan.waiting'),
      this.heading(2, 'certificate.backup'),
      backup
        ? this.paragraph('certificate.backup.last', { at: this.#at(backup.lastAt) })
        : this.paragraph('certificate.backup.none')
    ]
  }

  devices(certificate: Certificate): Block[] {
    const devices = certificate.devices.map((tablet): CertifiedTablet => ({ at: null, ...tablet }))
    const heading = this.heading(2, 'certificate.devices')
    if (devices.length === 0) return [heading, this.paragraph('certificate.devices.none')]
    const gone = devices.filter(({ state }) => state === 'purged').length
    return [
      heading,
      this.paragraph('certificate.devices.gone', { gone, all: devices.length }),
      {
        is: 'table',
        columns: [
          { title: this.say('certificate.device'), share: 2 },
          { title: this.say('certificate.state'), share: 4 },
          { title: this.say('certificate.at'), share: 3 }
        ],
        rows: devices.map(({ device, state, at }) => [
          device.slice(-8),
          this.say(`certificate.device.${state}`),
          at ? this.#at(at) : '–'
        ])
      }
    ]
  }

  checks({ checks }: Certificate): Block[] {
    return [
      this.heading(2, 'certificate.checks'),
      this.#counts(
        ['certificate.place', 'certificate.left'],
        checks.map(({ what, left }) => [this.#place(what), left])
      )
    ]
  }

  signature(certificate: Certificate): Block[] {
    return [
      { is: 'page' },
      this.heading(2, 'certificate.signature'),
      this.paragraph('certificate.signature.how'),
      {
        is: 'facts',
        facts: [
          { title: this.say('certificate.key'), value: certificate.key },
          { title: this.say('certificate.sig'), value: certificate.sig }
        ]
      },
      {
        is: 'passage',
        title: this.say('certificate.text'),
        text: certificateText(certificate)
      }
    ]
  }

  #at(moment: Moment): string {
    return dateTimeOnPaper(this.#language, moment)
  }

  #counts(
    titles: readonly [PaperKey, PaperKey],
    rows: readonly (readonly [string, number])[]
  ): Block {
    const [name, count] = titles
    return {
      is: 'table',
      columns: [
        { title: this.say(name), share: 4 },
        { title: this.say(count), share: 1, isNumber: true }
      ],
      rows: rows.map(([what, number]) => [what, String(number)])
    }
  }

  /** What a newer server knows is named by its own code. */
  #kind(kind: string): string {
    const known = kinds.find((each) => each === kind)
    return known ? this.say(`certificate.kind.${known}`) : kind
  }

  #place(what: string): string {
    const known = places.find((each) => each === what)
    return known ? this.say(`certificate.check.${known}`) : what
  }
}
