import type { StoredKind } from '#contract/entry-kind.ts'

/**
 * Where people write in their own words, by kind: there, and only there, somebody else may be told of
 * whom nobody foresaw. A star stands for each of a list, or for each field of a note.
 */
export const freeTexts = {
  profile: ['allergies.value', 'health.value', 'needs.value', 'pets.value', 'access.value'],
  contact: ['note'],
  decision: ['goals.*', 'exception.reason'],
  assignment: ['exception.reason'],
  visit: ['reason', 'exception.reason', 'formerly.*.reason'],
  note: ['fields.*', 'reason'],
  document: ['title', 'original.*.note', 'removed.reason'],
  suggestion: ['value', 'word'],
  'completion-request': ['word'],
  summary: [
    'substance.goals',
    'substance.summary',
    'substance.clientView',
    'substance.childView',
    'substance.concerns',
    'substance.proposal',
    'overrun',
    'replaces.reason'
  ],
  'service-event': ['history.*.reason'],
  record: [
    'receipt.from',
    'receipt.how',
    'retention.keep.ground',
    'ticks.*.how',
    'documents.*.how',
    'holds.*.words',
    'holds.*.reviews.*.finding',
    'holds.*.renewals.*.reason',
    'holds.*.asides.*.reason',
    'resumed.*.reason',
    'answers.*.done'
  ],
  awaiting: ['texts.*'],
  request: [
    'work.asked',
    'work.name',
    'work.standing',
    'work.identifiedHow',
    'work.extended.reason',
    'work.forwards.*.words',
    'work.rectified.*.former',
    'work.rectified.*.reason',
    'work.restrictions.*.words',
    'work.restrictions.*.lifted.reason',
    'work.weighed.words',
    'work.answer.words',
    'work.withdrawn.reason'
  ]
} as const satisfies Readonly<
  Record<StoredKind | 'record' | 'awaiting' | 'request', readonly string[]>
>
export type TextKind = keyof typeof freeTexts

type Path = readonly string[]

const stands = (path: Path, pattern: string): boolean => {
  const steps = pattern.split('.')
  return steps.length === path.length && steps.every((one, at) => one === '*' || one === path[at])
}

/** The same value with each of its texts as `use` says it. */
export function mapTexts<T>(
  kind: TextKind,
  value: T,
  use: (text: string, path: Path) => string
): T {
  const patterns: readonly string[] = freeTexts[kind]
  return mapStrings(value, (text, path) =>
    patterns.some((pattern) => stands(path, pattern)) ? use(text, path) : text
  ) as T
}

/** The same value with each of its strings as `use` says it; keys stay as they are. */
export function mapStrings(
  value: unknown,
  use: (text: string, path: Path) => string,
  path: Path = []
): unknown {
  if (typeof value === 'string') return use(value, path)
  if (Array.isArray(value))
    return value.map((each, index) => mapStrings(each, use, [...path, String(index)]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [key, mapStrings(inside, use, [...path, key])])
  )
}

/**
 * A text in pieces that are decided one by one, which are the text again when they are joined: only what
 * must not be read is blackened. A full stop ends a sentence where a capital follows, as no *klo 8.30* does.
 */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?…]["”)]?\s+)(?=\p{Lu})|(?<=\n)/u).filter((piece) => piece !== '')
}
