import type { lost as fi } from '#lib/i18n/fi/lost.ts'

export const lost = {
  'lost.wiped': 'Den här enheten är tömd',
  'lost.wiped-more':
    'Enheten togs ur bruk och klienternas uppgifter har tagits bort från den. Allt som skickats är i säkert förvar. Logga in om du tar enheten i bruk igen.',
  'lost.waiting':
    'En anteckning väntar ännu på nätet. Den skickas av sig själv, krypterad.|{count} anteckningar väntar ännu på nätet. De skickas av sig själva, krypterade.',
  'lost.evicted': 'Webbläsaren har tömt den här enheten',
  'lost.evicted-more':
    'Hämtade klienter och enhetens nycklar försvann ur webbläsaren. Inget som skickats har gått förlorat. Logga in och ta enheten i bruk på nytt, så hämtas klienterna igen.',
  'lost.evicted-unsent':
    'En anteckning hann inte fram. Skriv den på nytt och berätta för kontoret.|{count} anteckningar hann inte fram. Skriv dem på nytt och berätta för kontoret.',
  'lost.evicted-heard':
    'Enheten hade senast kontakt {at}. Om du skrev utan nät efter det, kontrollera de besöken.',
  'storage.title': 'Utrymme och bevarande',
  'storage.keeps': 'Webbläsaren bevarar uppgifterna',
  'storage.keeps-more': 'Webbläsaren har lovat att inte själv ta bort det som hämtats.',
  'storage.may-evict': 'Webbläsaren kan ta bort det som hämtats',
  'storage.may-evict-more':
    'Webbläsaren har inte lovat att bevara det om utrymmet tar slut. Det som skickats är ändå i säkert förvar. Installera appen på hemskärmen och håll utrymme fritt på enheten.',
  'storage.ask': 'Be webbläsaren bevara',
  'storage.install': 'Installera appen',
  'storage.used': 'Används',
  'storage.free': 'Ledigt för appen',
  'storage.tight': 'Utrymmet på enheten håller på att ta slut',
  'storage.tight-more':
    '{free} är ledigt. Ta bort bilder eller appar från enheten, så att anteckningar kan sparas. Töm inte webbläsarens uppgifter.',
  'storage.overdue': 'En anteckning har väntat på att skickas i över ett dygn',
  'storage.overdue-more':
    'Den äldsta skrevs {at}. Ta enheten till ett nät. Om det inte hjälper, ring kontoret.'
} as const satisfies Record<keyof typeof fi, string>
