import { certificate } from './certificate-sv.ts'
import type { PaperKey } from '#server/paper/words.ts'
import { disclosure } from './disclosure-sv.ts'
import { report } from './report-sv.ts'
import { returnPackage } from './return-package-sv.ts'
import { rights } from './rights-sv.ts'
import { summary } from './summary-sv.ts'

export const sv = {
  ...certificate,
  ...disclosure,
  ...report,
  ...returnPackage,
  ...rights,
  ...summary,
  'paper.page': 'Sida {page}/{pages}',
  'paper.unknownLetters':
    'Där tecknet ¤ står finns en bokstav eller bild som denna handlings typsnitt saknar.'
} as const satisfies Readonly<Record<PaperKey, string>>
