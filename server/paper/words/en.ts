import { certificate } from './certificate-en.ts'
import type { PaperKey } from '#server/paper/words.ts'

export const en = {
  ...certificate,
  'paper.page': 'Page {page}/{pages}',
  'paper.unknownLetters':
    'Where ¤ stands there is a letter or picture that the typeface of this paper does not have.'
} as const satisfies Readonly<Record<PaperKey, string>>
