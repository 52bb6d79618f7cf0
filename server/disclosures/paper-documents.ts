import type { Document, OriginalEvent } from '#contract/document.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { Block, Fact } from '#server/paper/paper.ts'
import type { DocumentFiles } from './package-source.ts'
import type { PackageWords } from './package-words.ts'

/** §7, §12: every document, and what became of its paper; one removed by mistake is told as that. */
export function documentBlocks(
  entries: readonly Entry[],
  words: PackageWords,
  files: DocumentFiles
): Block[] {
  return entriesOf(entries, 'document').flatMap(({ id, data }): Block[] => [
    {
      is: 'heading',
      level: 3,
      text: words.say(`document-type.${data.type}`),
      ...(data.title ? { under: data.title } : {})
    },
    { is: 'facts', facts: documentFacts(data, files.get(id) ?? [], words) }
  ])
}

function documentFacts(document: Document, files: readonly string[], words: PackageWords): Fact[] {
  const { validFrom, validUntil, addedBy, addedAt, pages, identityCode, original, removed } =
    document
  const added = { name: words.name(addedBy), when: words.when(addedAt) }
  const from = validFrom ? words.day(validFrom) : ''
  const until = validUntil ? words.day(validUntil) : ''
  return [
    ...(removed
      ? [
          {
            title: words.say('package.document.removed'),
            value: words.say('package.document.removedValue', {
              reason: removed.reason,
              name: words.name(removed.by),
              when: words.when(removed.at)
            })
          }
        ]
      : []),
    {
      title: words.say('package.document.added'),
      value: words.say('package.document.addedValue', added)
    },
    ...(from || until
      ? [{ title: words.say('package.decision.validity'), value: `${from}–${until}` }]
      : []),
    { title: words.say('package.document.pages'), value: String(pages.length) },
    ...(files.length > 0
      ? [{ title: words.say('package.document.files'), value: files.join('\n') }]
      : []),
    {
      title: words.say('package.document.identityCode'),
      value: words.say(`identity-code.${identityCode}`)
    },
    {
      title: words.say('package.document.original'),
      value: original.map((step) => stepText(step, words)).join('\n')
    }
  ]
}

function stepText({ state, by, at, note }: OriginalEvent, words: PackageWords): string {
  const step = words.say('package.document.originalStep', {
    state: words.say(`original.${state}`),
    name: words.name(by),
    when: words.when(at)
  })
  return note ? `${step}: ${note}` : step
}
