import type { DisclosureLine } from '#contract/disclosure.ts'
import type { Language } from '#contract/text.ts'
import { dateTimeOnPaper } from '#server/paper/format.ts'
import type { Block, Paper } from '#server/paper/paper.ts'
import { sayOnPaper, type PaperKey } from '#server/paper/words.ts'

/** What left, a row each; nothing, where nothing did. */
export function disclosureBlocks(lines: readonly DisclosureLine[], language: Language): Block[] {
  const say = (key: PaperKey) => sayOnPaper(language, key)
  if (lines.length === 0) return [{ is: 'paragraph', text: say('disclosure.none') }]
  const recipientOf = ({ recipient, recipientName }: DisclosureLine) =>
    recipientName ||
    say(
      recipient === 'client' || recipient === 'guardian'
        ? `disclosure.recipient.${recipient}`
        : 'disclosure.recipient.organiser'
    )
  const row = (line: DisclosureLine): string[] => [
    dateTimeOnPaper(language, line.at),
    [say(`disclosure.kind.${line.kind}`), line.reference].filter(Boolean).join('\n'),
    `${recipientOf(line)}\n${say(`disclosure.channel.${line.channel}`)}`,
    say(`disclosure.ground.${line.ground}`),
    line.byName
  ]
  return [
    {
      is: 'table',
      columns: [
        { title: say('disclosure.at'), share: 3 },
        { title: say('disclosure.what'), share: 4 },
        { title: say('disclosure.to'), share: 4 },
        { title: say('disclosure.ground'), share: 5 },
        { title: say('disclosure.by'), share: 3 }
      ],
      rows: lines.map(row)
    }
  ]
}

/** GDPR Art. 15(1)(c), 703/2023: what of the client's data was given to whom, for the client to read. */
export function disclosuresPaper(
  lines: readonly DisclosureLine[],
  o: { provider: string; client: string; language: Language; madeAt: number }
): Paper {
  const { provider, client, language, madeAt } = o
  const say = (key: PaperKey) => sayOnPaper(language, key)
  return {
    title: say('disclosure.title'),
    language,
    from: provider,
    mark: '',
    madeAt,
    blocks: [
      { is: 'heading', level: 1, text: say('disclosure.title'), under: client },
      { is: 'paragraph', text: say('disclosure.lede') },
      ...disclosureBlocks(lines, language)
    ]
  }
}
