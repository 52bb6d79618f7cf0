import { certificate } from './certificate-en.ts'
import type { PaperKey } from '#server/paper/words.ts'
import { disclosure } from './disclosure-en.ts'
import { report } from './report-en.ts'
import { returnPackage } from './return-package-en.ts'
import { rights } from './rights-en.ts'
import { summary } from './summary-en.ts'

export const en = {
  ...certificate,
  ...disclosure,
  ...report,
  ...returnPackage,
  ...rights,
  ...summary,
  'paper.page': 'Page {page}/{pages}',
  'paper.unknownLetters':
    'Where ¤ stands there is a letter or picture that the typeface of this paper does not have.'
} as const satisfies Readonly<Record<PaperKey, string>>
