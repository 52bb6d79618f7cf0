import { entriesOf } from '#contract/entry.ts'
import type { DocumentFiles } from '#server/disclosures/package-source.ts'
import { PackageWords } from '#server/disclosures/package-words.ts'
import { documentBlocks } from '#server/disclosures/paper-documents.ts'
import { noteBlocks } from '#server/disclosures/paper-notes.ts'
import {
  contactBlocks,
  profileBlocks,
  protectedBlocks,
  suggestionBlocks
} from '#server/disclosures/paper-people.ts'
import { requestBlocks } from '#server/disclosures/paper-requests.ts'
import { decisionBlocks, teamBlocks, visitBlocks } from '#server/disclosures/paper-work.ts'
import { disclosureBlocks } from '#server/disclosures/log/disclosures-paper.ts'
import type { Block, Paper } from '#server/paper/paper.ts'
import { askedBlocks } from './paper-asked.ts'
import { awaitingBlocks, earlierBlocks, endingBlocks } from './paper-ending.ts'
import { coverBlocks, howBlocks } from './paper-how.ts'
import { eventBlocks, minuteBlocks, recordedBlocks, summaryBlocks } from './paper-made.ts'
import { useBlocks } from './paper-uses.ts'
import type { ReportSource } from './report-source.ts'

/**
 * §13, GDPR Art. 15: everything that is held of one client, as that person reads it, with why, from
 * where, for whom and how long, and who viewed it. A protected address stands on the last page and on no
 * other; where another guardian asks, on none.
 */
export function reportPaper(source: ReportSource, files: DocumentFiles): Paper {
  const words = new PackageWords(source)
  const { entries, made } = source.released
  const rules = source.organisation.rules ?? []
  const part = (title: string, blocks: readonly Block[]) => section(title, blocks, words)
  return {
    title: words.say('report.title'),
    language: source.language,
    from: source.organisation.controller.name,
    mark: source.number,
    madeAt: source.madeAt,
    blocks: [
      ...coverBlocks(source, words),
      ...howBlocks(source, words),
      { is: 'page' },
      ...part(words.say('package.profile'), profileBlocks(entries, words)),
      ...part(words.say('package.contacts'), contactBlocks(entries, words)),
      ...part(words.say('package.decisions'), decisionBlocks(entries, words)),
      ...part(words.say('package.team'), teamBlocks(entries, words)),
      ...part(words.say('package.visits'), visitBlocks(entries, words)),
      ...part(words.say('report.minutes'), minuteBlocks(entries, rules, words)),
      ...part(
        words.say('package.notes'),
        noteBlocks({ entries, organisation: source.organisation }, words)
      ),
      ...part(words.say('package.documents'), documentBlocks(entries, words, files)),
      ...part(words.say('package.suggestions'), suggestionBlocks(entries, words)),
      ...requestBlocks(entries, words),
      ...part(words.say('report.awaiting'), awaitingBlocks(source, words)),
      ...part(words.say('report.summaries'), summaryBlocks(made, words)),
      ...part(words.say('report.events'), eventBlocks(made, words)),
      ...part(words.say('report.ending'), endingBlocks(source, words)),
      ...part(words.say('report.requests'), askedBlocks(source, words)),
      ...part(words.say('report.made'), earlierBlocks(source, words)),
      ...part(words.say('report.recorded'), recordedBlocks([...entries, ...made], words)),
      ...part(
        words.say('report.disclosures'),
        disclosureBlocks(source.disclosures, source.language)
      ),
      ...part(words.say('report.uses'), useBlocks(source, words)),
      ...protectedBlocks(shownProtected(source), words),
      ...formerBlocks(source, words)
    ]
  }
}

/** Who was blackened above is not told of on the marked page either. */
function shownProtected({
  protectedEntries,
  released
}: ReportSource): ReportSource['protectedEntries'] {
  const shown = new Set(
    entriesOf(released.entries, 'contact').flatMap(({ id, data }) => (data.home ? [id] : []))
  )
  return protectedEntries.filter(({ kind, id }) => kind !== 'contact' || shown.has(id))
}

const formerBlocks = ({ protectedFormers }: ReportSource, words: PackageWords): Block[] =>
  protectedFormers.length > 0
    ? [
        {
          is: 'facts',
          facts: protectedFormers.map((value) => ({ title: words.say('rights.rectified'), value }))
        }
      ]
    : []

/** What holds nothing says so: whoever receives it need not wonder whether a page is missing. */
function section(title: string, blocks: readonly Block[], words: PackageWords): Block[] {
  const nothing: Block = { is: 'paragraph', text: words.say('package.nothing'), tone: 'quiet' }
  return [{ is: 'heading', level: 2, text: title }, ...(blocks.length > 0 ? blocks : [nothing])]
}
