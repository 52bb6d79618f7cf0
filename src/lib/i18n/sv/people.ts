import type { people as finnish } from '#lib/i18n/fi/people.ts'

export const people: Readonly<Record<keyof typeof finnish, string>> = {
  'people.views': 'Vem ser vad',
  'people.viewsLede':
    'Arbetsuppgiften avgör vad som syns om en klient. En arbetstagare ser bara de klienter som hen har utsetts för; av de övriga kommer inte ens namnet till hens enhet.',
  'people.viewsOffice':
    'På kontoret ser huvudanvändaren alla uppgifter om klienten, och varje användning antecknas i loggen. Enbart tillsyn öppnar ingens uppgifter.',
  'people.viewsTable': 'Arbetsuppgifterna och vad som syns i dem',
  'people.what': 'Uppgift',
  'people.all': 'Allt',
  'people.none': 'Syns inte',
  'people.may': 'Kan anteckna på pekplattan',
  'people.mayNothing': 'Ingenting',
  'people.kind.profile': 'Grunduppgifter',
  'people.kind.contact': 'Närstående och kontaktpersoner',
  'people.kind.decision': 'Beslut och timmar',
  'people.kind.assignment': 'Klientens arbetstagare',
  'people.kind.visit': 'Besök',
  'people.kind.note': 'Anteckningar',
  'people.kind.document': 'Handlingar',
  'people.kind.suggestion': 'Föreslagna rättelser',
  'people.kind.completion-request': 'Begäran om komplettering',
  'people.rights': 'Roll och arbetsuppgifter',
  'people.rightsHint': 'Ändringen gäller genast, och på pekplattan vid nästa kontakt.',
  'people.saved': 'Sparat.',
  'people.changed': 'Någon annan ändrade uppgifterna under tiden',
  'people.changedNow': 'Sparat nu: {name}, {role}, {tasks}.',
  'people.changedKeep': 'Dina ändringar finns i formuläret. Spara dem om de fortfarande stämmer.',
  'people.lastMainUser': 'Det måste alltid finnas kvar någon som sköter kontoret.',
  'people.ownRole': 'Din egen roll byts av en annan huvudanvändare.',
  'people.duties': 'Förbindelse, introduktion och beskrivning',
  'people.duty.change-password': 'Eget lösenord',
  'people.duty.secrecy-pledge': 'Tystnadsförbindelse',
  'people.duty.training': 'Introduktion i dataskydd',
  'people.duty.notice': 'Dataskyddsbeskrivning',
  'people.noticeVersion': '{day}, version {version}',
  'people.undone': 'Ogjord',
  'people.due': 'Ska förnyas',
  'people.ready': 'I skick',
  'people.pending': '{count} saknas|{count} saknas',
  'people.dutiesMean':
    'Klientuppgifterna öppnas först när allt är gjort. Förbindelsen och introduktionen förnyas varje år.',
  'people.devicesNone': 'Hen har inga enheter.',
  'people.restore': 'Återställ åtkomsten',
  'people.restore-ask': 'Återställa åtkomsten: {name}?',
  'people.restore-password':
    'Det gamla lösenordet och nycklarna slutar fungera genast, och öppna sessioner avslutas.',
  'people.restore-devices':
    'Hens enheter tas ur bruk och töms. Osända anteckningar kommer ändå fram.',
  'people.restore-link':
    'Du får en länk som hen själv väljer ett nytt lösenord med. Ingen annan ser det.',
  'people.gone': 'Användaren finns inte',
  'people.goneMore': 'Gå tillbaka till listan över användare.',
  'people.leave': 'När hen slutar',
  'people.leaveMeans':
    'Kontot stängs, klienterna lämnas och enheterna töms. Anteckningarna blir kvar, och de osända kommer fram.',
  'people.close': 'Stäng kontot',
  'people.closeAsk': 'Ska {name} stängas?',
  'people.closeSession': 'Hen kommer inte längre in, och öppna sessioner avslutas genast.',
  'people.closeAssignments':
    'Uppdraget hos en klient upphör i dag.|Uppdragen hos {count} klienter upphör i dag.',
  'people.closeDevices': 'En enhet töms vid nästa kontakt.|{count} enheter töms vid nästa kontakt.',
  'people.closeVisits':
    'Ett planerat besök blir utan arbetstagare|{count} planerade besök blir utan arbetstagare',
  'people.closeReason': 'Motivering',
  'people.closeReasonHint': 'Förblir synlig vid klienternas arbetstagare.',
  'people.closed': 'Kontot är stängt'
}
