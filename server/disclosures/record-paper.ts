import type { Block, Paper } from '#server/paper/paper.ts'
import { coverBlocks } from './paper-cover.ts'
import { documentBlocks } from './paper-documents.ts'
import { noteBlocks } from './paper-notes.ts'
import { contactBlocks, profileBlocks, protectedBlocks, suggestionBlocks } from './paper-people.ts'
import { requestBlocks } from './paper-requests.ts'
import { decisionBlocks, teamBlocks, visitBlocks } from './paper-work.ts'
import type { DocumentFiles, PackageSource } from './package-source.ts'
import { PackageWords } from './package-words.ts'

/**
 * §7, §9: the whole customership as a person reads it, for who ordered the service. A protected
 * address stands on the last page and on no other.
 */
export function recordPaper(
  source: PackageSource,
  files: DocumentFiles,
  passphrase: string
): Paper {
  const words = new PackageWords(source)
  const { entries } = source
  return {
    title: words.say('package.title'),
    language: source.language,
    from: source.organisation.controller.name,
    mark: source.number,
    madeAt: source.madeAt,
    password: passphrase,
    blocks: [
      ...coverBlocks(source, words, files),
      { is: 'page' },
      ...section(words.say('package.profile'), profileBlocks(entries, words), words),
      ...section(words.say('package.contacts'), contactBlocks(entries, words), words),
      ...section(words.say('package.decisions'), decisionBlocks(entries, words), words),
      ...section(words.say('package.team'), teamBlocks(entries, words), words),
      ...section(words.say('package.visits'), visitBlocks(entries, words), words),
      ...section(words.say('package.notes'), noteBlocks(source, words), words),
      ...section(words.say('package.documents'), documentBlocks(entries, words, files), words),
      ...section(words.say('package.suggestions'), suggestionBlocks(entries, words), words),
      ...requestBlocks(entries, words),
      ...protectedBlocks(source.protectedEntries, words)
    ]
  }
}

/** What holds nothing says so: whoever receives it need not wonder whether a page is missing. */
function section(title: string, blocks: readonly Block[], words: PackageWords): Block[] {
  const nothing: Block = { is: 'paragraph', text: words.say('package.nothing'), tone: 'quiet' }
  return [{ is: 'heading', level: 2, text: title }, ...(blocks.length > 0 ? blocks : [nothing])]
}
