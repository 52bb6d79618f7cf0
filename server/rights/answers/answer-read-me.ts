import type { AnswerKind } from '#contract/answer-file.ts'

const contents: Readonly<Record<AnswerKind, readonly [fi: string, sv: string]>> = {
  access: [
    `  report.pdf        kaikki tiedot luettavina
  usage-log.csv     kuka on käyttänyt tietoja, milloin ja mitä varten
  document-*        skannatut asiakirjat`,
    `  report.pdf        alla uppgifter för läsning
  usage-log.csv     vem som har använt uppgifterna, när och för vad
  document-*        skannade handlingar`
  ],
  portability: [
    `  portability.json         tiedot, jotka olet itse antanut, koneluettavina
  portability.schema.json  edellisen rakenne (JSON Schema)
  document-*               asiakirjat, jotka olet antanut`,
    `  portability.json         uppgifter som du själv har lämnat, i maskinläsbar form
  portability.schema.json  strukturen för den förra (JSON Schema)
  document-*               handlingar som du har lämnat`
  ]
}

/** The one file of the archive that opens without the passphrase. It names nobody. */
export function readMeText(kind: AnswerKind, number: string): string {
  const [fi, sv] = contents[kind]
  return `${number}

Avaa arkisto salasanalla, jonka saat toista tietä. Arkisto on salattu
AES-256:lla; Windowsin oma purkutoiminto ei avaa sitä, mutta esimerkiksi
7-Zip avaa.

${fi}

----------------------------------------

Öppna arkivet med det lösenord som du får på annat sätt. Arkivet är krypterat
med AES-256; Windows egen uppackning öppnar det inte, men till exempel 7-Zip
gör det.

${sv}
`.replaceAll('\n', '\r\n')
}
