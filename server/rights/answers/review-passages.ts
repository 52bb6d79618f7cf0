import { custodySchema } from '#contract/contact.ts'
import { dayAt, toMilliseconds, toMoment } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { CustomershipId, RightsRequestId, UserId } from '#contract/id.ts'
import type {
  Passage,
  PassageChoice,
  PassageDecisions,
  PassageReview,
  PassagesAnswer
} from '#contract/passage.ts'
import { templateOf } from '#contract/template.ts'
import type { Language } from '#contract/text.ts'
import type { Clock } from '#server/clock.ts'
import { PackageWords } from '#server/disclosures/package-words.ts'
import { visitMoment } from '#server/disclosures/paper-work.ts'
import type { PaperKey } from '#server/paper/words.ts'
import type { Store } from '#server/store/store.ts'
import { readHeld, withoutAddresses, type HeldSource, type TextPlace } from './held.ts'
import { passagesOf, undecidedIn } from './passages.ts'

/** GDPR Art. 15(4): the passages of one client, with what was decided of each. Null: there is no client. */
export async function readPassages(
  store: Store,
  of: { id: CustomershipId; request: RightsRequestId },
  language: Language
): Promise<PassagesAnswer | null> {
  const source = await readHeld(store, of.id)
  const review = await store.register.read(of.id, ({ answers }) => answers.review(of.request))
  if (!source || !review) return null
  const found = passagesOf({ ...source, held: withoutAddresses(source.held) })
  const words = new PackageWords({ ...source, language })
  const title = titling(source, words)
  const passages = found.map(({ id, text, signs, place }): Passage => ({
    id,
    signs,
    title: title(place),
    text: inWords(text, place, words),
    choice: review.choices[id] ?? null
  }))
  return { passages, undecided: undecidedIn(found, review) }
}

/** Kept at once: half a review is not lost. What stands no longer in the record is kept no longer either. */
export async function decidePassages(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  of: { id: CustomershipId; request: RightsRequestId; by: UserId },
  { choices }: PassageDecisions
): Promise<boolean> {
  const at = toMoment(clock.now())
  const source = await readHeld(store, of.id)
  if (!source) return false
  const passages = passagesOf({ ...source, held: withoutAddresses(source.held) })
  const standing = new Set(passages.map(({ id }) => id))
  return store.register.transact(async (tx) => {
    const answers = await tx.answers(of.id)
    if (!answers) return false
    const { choices: former } = await answers.review(of.request)
    const kept = new Map<string, PassageChoice>(Object.entries(former))
    for (const { passage, ground, word } of choices)
      if (ground === null) kept.delete(passage)
      else kept.set(passage, { ground, by: of.by, at, ...(word === undefined ? {} : { word }) })
    const next = [...kept].filter(([id]) => standing.has(id))
    await answers.writeReview(of.request, {
      choices: Object.fromEntries(next)
    } satisfies PassageReview)
    return true
  })
}

/** What is no running text says its codes and counts in words. */
function inWords(text: string, { kind, path: [first] }: TextPlace, words: PackageWords): string {
  const lines = text.split('\n')
  if (kind === 'document' && first === 'pages')
    return lines
      .map((line, index) =>
        index === lines.length - 1 ? `${words.say('package.document.pages')}: ${line}` : line
      )
      .join('\n')
  if (kind !== 'contact' || first !== 'facts') return text
  return lines
    .map((line) => {
      const custody = custodySchema.safeParse(line)
      return custody.success
        ? `${words.say('package.contact.custody')}: ${words.say(`custody.${custody.data}`)}`
        : line
    })
    .join('\n')
}

/** Where a passage stands, in words that an office finds it by. */
function titling(source: HeldSource, words: PackageWords): (place: TextPlace) => string {
  const { entries, made } = source.held
  const all = new Map<string, (typeof entries)[number] | (typeof made)[number]>(
    [...entries, ...made].map((entry) => [entry.id, entry])
  )
  const visits = new Map(entriesOf(entries, 'visit').map(({ id, data }) => [id, data]))
  return ({ kind, of, path }) => {
    const section = words.say(`report.kind.${kind}`)
    const entry = all.get(of)
    const [first = '', second = ''] = path
    if (entry?.kind === 'note') {
      const visit = visits.get(entry.data.visit)
      const moment = (visit && visitMoment(visit)) ?? entry.data.writtenAt
      const fields = templateOf(source.organisation.templates, entry.data)?.fields ?? []
      const field = first === 'fields' ? fields.find(({ id }) => id === second) : undefined
      const named = field ? words.title(field.title) : words.say('report.reason')
      return `${section} ${words.day(dayAt(toMilliseconds(moment)))}: ${named}`
    }
    if (entry?.kind === 'visit') {
      const moment = visitMoment(entry.data)
      return moment ? `${section} ${words.when(moment)}` : section
    }
    if (entry?.kind === 'profile') return `${section}: ${words.say(`profile.${first}` as PaperKey)}`
    if (entry?.kind === 'contact') {
      const what = first === 'facts' ? 'report.contact.facts' : 'package.contact.note'
      return `${words.say(`relation.${entry.data.relation}`)}: ${words.say(what)}`
    }
    if (entry?.kind === 'document') {
      const type = words.say(`document-type.${entry.data.type}`)
      return first === 'pages' ? `${type}: ${words.say('report.pages')}` : `${section}: ${type}`
    }
    if (entry?.kind === 'summary' && first === 'substance')
      return `${section} ${entry.data.month}: ${words.say(`summary.${second}` as PaperKey)}`
    return section
  }
}
