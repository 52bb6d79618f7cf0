import type { NoteFields } from '#contract/note.ts'
import type { Family } from './family.ts'
import type { Seeded } from './seeded.ts'
import {
  agreements,
  assessments,
  childViews,
  clientViews,
  concern,
  concernAgreement
} from './texts/every-visit.ts'
import { wordings } from './texts/wordings.ts'

const parents = {
  mother: { vanhempi: 'äiti', vanhemman: 'äidin' },
  father: { vanhempi: 'isä', vanhemman: 'isän' }
} as const

/** Finnish has no article and no gender: a name in the nominative fits wherever it is the subject. */
function worded(sentence: string, family: Family, seeded: Seeded): string {
  const names: Readonly<Record<string, string>> = {
    ...parents[family.parent],
    lapsi: seeded.pick(family.children)
  }
  const text = sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')
  // A parent may begin any sentence of the text.
  return text.replaceAll(/(^|[.!?] )(\p{Ll})/gu, (_, before: string, first: string) => {
    return before + first.toUpperCase()
  })
}

/** A plausible note of one visit. §8: the fields of the product's template, and no others. */
export function noteFields(family: Family, seeded: Seeded, isConcern: boolean): NoteFields {
  const wording = wordings[family.product]
  if (!wording) throw new Error(`nobody knows how to write about ${family.product}`)
  const say = (sentence: string) => worded(sentence, family, seeded)
  const sayOne = (sentences: readonly string[]) => say(seeded.pick(sentences))
  const sayTwo = (sentences: readonly string[]) => seeded.some(sentences, 2).map(say).join(' ')

  const fields: NoteFields = {}
  for (const [field, options] of Object.entries(wording.ticks))
    fields[field] = seeded.some(options, seeded.between(1, 3))
  for (const [field, options] of Object.entries(wording.choices ?? {}))
    fields[field] = seeded.pick(options)
  for (const field of wording.flags ?? []) fields[field] = true
  for (const [field, sentences] of Object.entries(wording.texts ?? {}))
    fields[field] = sayOne(sentences)
  fields['present'] = ['child', family.parent]
  fields['done'] = seeded.isWithin(60) ? sayTwo(wording.done) : sayOne(wording.done)
  fields['observations'] = isConcern ? say(concern) : sayOne(wording.observations)
  if (seeded.isWithin(70)) fields['client-view'] = sayOne(clientViews)
  if (seeded.isWithin(50)) fields['child-view'] = sayOne(childViews)
  if (seeded.isWithin(60)) fields['assessment'] = sayOne(assessments)
  fields['agreed'] = isConcern ? say(concernAgreement) : sayOne(agreements)
  if (isConcern) fields['concern'] = true
  return fields
}
