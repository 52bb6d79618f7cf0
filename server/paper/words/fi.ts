import { certificate } from './certificate-fi.ts'
import { returnPackage } from './return-package-fi.ts'

export const fi = {
  ...certificate,
  ...returnPackage,
  'paper.page': 'Sivu {page}/{pages}',
  'paper.unknownLetters':
    'Merkin ¤ kohdalla on kirjain tai kuva, jota tämän asiakirjan kirjasimessa ei ole.'
} as const
