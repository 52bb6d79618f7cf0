import { certificate } from './certificate-sv.ts'
import type { PaperKey } from '#server/paper/words.ts'
import { returnPackage } from './return-package-sv.ts'

export const sv = {
  ...certificate,
  ...returnPackage,
  'paper.page': 'Sida {page}/{pages}',
  'paper.unknownLetters':
    'Där tecknet ¤ står finns en bokstav eller bild som denna handlings typsnitt saknar.'
} as const satisfies Readonly<Record<PaperKey, string>>
