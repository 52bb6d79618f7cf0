import type { handover as fi } from '#lib/i18n/fi/handover.ts'

export const handover = {
  'package.heading': 'Överlämningspaket till beställaren',
  'package.lede':
    'Paketet innehåller hela materialet om klientrelationen: en handling för läsning och ett krypterat arkiv med uppgifterna i maskinläsbar form och de skannade handlingarna. Ge det till beställaren innan uppgifterna raderas.',
  'package.made': 'sammanställt {when}, {name}, språk: {language}',
  'package.overtaken': 'Uppgifterna har ändrats efter att paketet sammanställdes',
  'package.overtakenMore': 'Sammanställ paketet på nytt innan du ger det till beställaren.',
  'package.part.record': 'Handling för läsning',
  'package.part.archive': 'Krypterat arkiv',
  'package.keep.record': 'Ladda ner handlingen',
  'package.keep.archive': 'Ladda ner arkivet',
  'package.handOver': 'Till vem och vilken väg överlämnas paketet?',
  'package.handOverMore':
    'Detta antecknas bland utlämnandena. Ge paketet själv: appen skickar det inte.',
  'package.recipient': 'Till vem',
  'package.showPassphrase': 'Visa lösenordet',
  'package.language': 'Paketets språk',
  'package.make': 'Sammanställ paketet',
  'package.makeAnew': 'Sammanställ på nytt',
  'package.making': 'Paketet sammanställs. Det kan ta en stund.',
  'package.remove': 'Ta bort paketet',
  'package.removeAsk': 'Ska överlämningspaketet tas bort?',
  'package.removeMore':
    'Paketet och dess lösenord tas bort. Klientrelationens uppgifter finns kvar, och paketet kan sammanställas på nytt.',
  'package.keepIt': 'Ta inte bort',
  'package.passphrase': 'Lösenordet till paketet {number}',
  'package.passphraseMore':
    'Berätta lösenordet för beställaren på annat sätt än paketet, till exempel per telefon. Samma lösenord öppnar handlingen och arkivet. Visningen antecknas i loggen.',
  'package.passphraseDone': 'Klart'
} as const satisfies Readonly<Record<keyof typeof fi, string>>
