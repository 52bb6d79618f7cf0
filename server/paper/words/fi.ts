import { certificate } from './certificate-fi.ts'
import { disclosure } from './disclosure-fi.ts'
import { report } from './report-fi.ts'
import { returnPackage } from './return-package-fi.ts'
import { rights } from './rights-fi.ts'
import { summary } from './summary-fi.ts'

export const fi = {
  ...certificate,
  ...disclosure,
  ...report,
  ...returnPackage,
  ...rights,
  ...summary,
  'paper.page': 'Sivu {page}/{pages}',
  'paper.unknownLetters':
    'Merkin ¤ kohdalla on kirjain tai kuva, jota tämän asiakirjan kirjasimessa ei ole.'
} as const
