import { say } from '#lib/i18n/say.ts'

const places = [
  'data-key',
  'customerships',
  'entries',
  'operations',
  'heldOperations',
  'pages',
  'pageParts',
  'packages',
  'packagePieces',
  'passageReviews',
  'answers',
  'answerPieces',
  'endings',
  'holdings',
  'tokens',
  'indexed'
] as const

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

/** Names the place that was looked through. A place that a newer server knows is named by its own code. */
export function checkWords(what: string): string {
  const place = places.find((each) => each === what)
  return place ? say(`certificate.check.${place}`) : what
}

export function kindWords(kind: string): string {
  const known = kinds.find((each) => each === kind)
  return known ? say(`certificate.kind.${known}`) : kind
}
