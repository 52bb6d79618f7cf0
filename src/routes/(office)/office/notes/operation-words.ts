import { operationNames } from '#contract/operation.ts'
import { say } from '#lib/i18n/say.ts'

/** What somebody did on a tablet; one that could not be read, or is newer than this page, is a record all the same. */
export function operationWords(op: string | null): string {
  const name = operationNames.find((each) => each === op)
  return say(name ? `office.operation.${name}` : 'office.operation.other')
}
