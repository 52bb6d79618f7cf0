import type { ClosingDocument } from '#contract/closing.ts'
import { say } from '#lib/i18n/say.ts'

export const documentName = ({ type, title }: ClosingDocument): string =>
  [say(`document-type.${type}`), title].filter(Boolean).join(' · ')
