import { say } from '#lib/i18n/say.ts'

const known = [
  'data-key',
  'customerships',
  'entries',
  'operations',
  'heldOperations',
  'holdings',
  'packages',
  'packagePieces',
  'tokens',
  'indexed'
] as const

/** Names the place that was looked through. A place that a newer server knows is named by its own code. */
export function checkWords(what: string): string {
  const place = known.find((each) => each === what)
  return place ? say(`office.check.${place}`) : what
}
