import type { sheet as fi } from '#lib/i18n/fi/sheet.ts'

export const sheet = {
  'sheet.title': 'Dagslista',
  'sheet.lede':
    'På papper för den händelse att enheten inte fungerar. Här finns dagens besök och plats att skriva.',
  'sheet.print': 'Skriv ut',
  'sheet.printed.good': 'Utskriften är antecknad: dagslista nummer {number} i dag',
  'sheet.printedMore':
    'Förstör pappret efter användning, senast {day}, och anteckna att det är förstört.',
  'sheet.refused': 'Utskriften kunde inte antecknas och gjordes därför inte',
  'sheet.rule':
    'Varje utskrift räknas och antecknas i loggen. Adresser med spärrmarkering, efternamn och dörrkoder kommer inte på papper.',
  'sheet.worker': 'Arbetstagare',
  'sheet.day': 'Dag',
  'sheet.pickDay': 'Välj dag',
  'sheet.noDay': 'Skriv dagen i formen 22.11.2026.',
  'sheet.noWorker': 'Välj arbetstagare.',
  'sheet.choose': 'Välj',
  'sheet.none': 'Inga besök att skriva ut',
  'sheet.noneHint': 'Det finns inga planerade besök den här dagen.',
  'sheet.heading': 'Dagslista {day}: {worker}',
  'sheet.office': 'Kontoret',
  'sheet.socialEmergency': 'Socialjouren',
  'sheet.emergency': 'Nödnummer',
  'sheet.destroyBy': 'Förstör efter användning, senast {day}',
  'sheet.destroyHow': 'Sekretessbelagt. Ha det med dig och lämna det till kontoret för förstöring.',
  'sheet.addressOnDevice': 'Adressen finns på enheten. Fungerar den inte, ring kontoret.',
  'sheet.phones': 'Telefon',
  'sheet.began': 'Började kl.',
  'sheet.ended': 'Slutade kl.',
  'sheet.cancelled': 'Klienten avbokade, när',
  'sheet.more': 'Annat',
  'sheet.printed': 'Utskrift {number} i dag. {at}, {by}.',
  'sheet.preview': 'Förhandsvisning, {by}',
  'sheet.destroyed': 'Förstört, datum och namn',
  'sheet.uncounted':
    'Dagslistan skrivs ut med sin egen knapp, så att utskriften räknas och antecknas.',
  'sheet.mine': 'Mina utskrifter'
} as const satisfies Record<keyof typeof fi, string>
