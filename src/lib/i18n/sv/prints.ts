import type { prints as fi } from '#lib/i18n/fi/prints.ts'

export const prints = {
  'prints.title': 'Utskrifter',
  'prints.lede':
    'Papper som skrivits ut för arbetet förstörs efter användning. Anteckna här när det är gjort.',
  'prints.open': 'Visa mina utskrifter',
  'prints.none': 'Inga utskrifter att förstöra',
  'prints.noneMore': 'Dagslistan kommer hit när den har skrivits ut.',
  'prints.kind.day-sheet': 'Dagslista {day}',
  'prints.printedAt': 'Utskriven {at}',
  'prints.destroyBy': 'Förstör senast {day}',
  'prints.late': 'Skulle ha förstörts senast {day}',
  'prints.destroy': 'Förstörd',
  'prints.destroyNamed': 'Förstörd: {print}',
  'prints.destroyed': 'Antecknad som förstörd',
  'prints.byOther': 'Någon annan har redan antecknat den som förstörd',
  'prints.notSaved': 'Anteckningen sparades inte. Försök igen.',
  'prints.offline': 'Att anteckna utskrifter kräver nätet',
  'prints.offlineMore':
    'En dagslista som skrivits ut utan nät kommer med i listan när den har sänts. Försök när nätet är tillbaka.',
  'prints.again': 'Försök igen',
  'prints.forAnother':
    'Du kan anteckna en utskrift som förstörd för någon annan. Bådas namn blir kvar i loggen.',
  'office.situation.prints': 'Utskrifter som inte förstörts',
  'office.situation.printsSince':
    'en utskrift, skulle ha förstörts {day}|{count} utskrifter, den äldsta skulle ha förstörts {day}'
} as const satisfies Readonly<Record<keyof typeof fi, string>>
