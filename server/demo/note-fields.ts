import { wallTimeAt } from '#contract/day.ts'
import type { NoteFields } from '#contract/note.ts'
import type { Family } from './family.ts'
import type { Seeded } from './seeded.ts'
import { concern, concernAgreement, usualTexts } from './texts/every-visit.ts'
import type { Wording } from './texts/wording.ts'
import { wordings } from './texts/wordings.ts'

interface Times {
  readonly startedAt: number
  readonly endedAt: number
}

/** The others are filled when there is something to say. */
const mustHave: ReadonlySet<string> = new Set(['agreed', 'handover-times'])

/** 9.05 */
function shown(at: number): string {
  const { hour, minute } = wallTimeAt(at)
  return `${hour}.${String(minute).padStart(2, '0')}`
}

const parents = {
  mother: { vanhempi: 'äiti', vanhemman: 'äidin' },
  father: { vanhempi: 'isä', vanhemman: 'isän' }
} as const

/** Finnish has no article and no gender: a name in the nominative fits wherever it is the subject. */
function worded(sentence: string, family: Family, times: Times, seeded: Seeded): string {
  const names: Readonly<Record<string, string>> = {
    ...parents[family.parent],
    lapsi: seeded.pick(family.children),
    alku: shown(times.startedAt),
    loppu: shown(times.endedAt)
  }
  const text = sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')
  // A parent may begin any sentence of the text.
  return text.replaceAll(/(^|[.!?] )(\p{Ll})/gu, (_, before: string, first: string) => {
    return before + first.toUpperCase()
  })
}

/** A plausible note of one visit. §8: the fields of the product's template, and no others. */
export function noteFields(
  family: Family,
  times: Times,
  seeded: Seeded,
  isConcern: boolean
): NoteFields {
  const wording = wordings[family.product]
  if (!wording) throw new Error(`nobody knows how to write about ${family.product}`)
  const say = (sentence: string) => worded(sentence, family, times, seeded)
  const sayOne = (sentences: readonly string[]) => say(seeded.pick(sentences))

  const deeds = seeded.some(wording.done, seeded.between(1, 2))
  const fields: NoteFields = {
    [wording.tickField]: [...new Set(deeds.flatMap(([, ...ticks]) => ticks))],
    present: ['child', family.parent],
    done: deeds.map(([sentence]) => say(sentence)).join(' '),
    observations: isConcern ? say(concern) : sayOne(wording.observations)
  }
  for (const [field, options] of Object.entries(wording.choices ?? {}))
    fields[field] = seeded.pick(options)
  for (const field of wording.flags ?? []) fields[field] = true
  const texts: Wording['texts'] = { ...usualTexts, ...wording.texts }
  for (const [field, sentences] of Object.entries(texts))
    if (mustHave.has(field) || seeded.isWithin(60)) fields[field] = sayOne(sentences)
  if (isConcern) {
    fields['agreed'] = say(concernAgreement)
    fields['concern'] = true
  }
  return fields
}
