import type { ready as fi } from '#lib/i18n/fi/ready.ts'

export const ready = {
  'ready.title': 'Klar att åka',
  'ready.paper': 'Skriv ut dagslistan',
  'ready.refresh': 'Uppdatera och skicka',
  'ready.overall.good': 'Allt är i ordning. Trevlig resa!',
  'ready.overall.look': 'Du kan åka. Titta på de här först.',
  'ready.overall.stop': 'Åk inte ännu',
  'ready.verdict.good': 'I ordning',
  'ready.verdict.look': 'Observera',
  'ready.verdict.stop': 'Saknas',
  'ready.no-clients': 'Inga besök är planerade för i dag',
  'ready.clients':
    'Dagens klient finns på den här enheten|Dagens {count} klienter finns på den här enheten',
  'ready.clients-missing': 'Av dagens klienter går bara {held}/{expected} att öppna',
  'ready.get-network': 'Anslut enheten till nätet och tryck på Uppdatera och skicka.',
  'ready.app': 'Appen öppnas utan nät',
  'ready.app-missing': 'Appen öppnas ännu inte utan nät',
  'ready.fresh': 'Uppgifterna hämtades {at}',
  'ready.lease': 'Enheten får behålla uppgifterna utan förbindelse till {at}',
  'ready.lease-more':
    'Kontakt med kontoret förlänger tiden. Utan den raderas uppgifterna från enheten. Anteckningarna bevaras.',
  'ready.sent': 'Alla anteckningar har skickats',
  'ready.unsent': 'En anteckning väntar på sändning|{count} anteckningar väntar på sändning',
  'ready.unsent-more': 'De bevaras på den här enheten och skickas när nätet finns.',
  'ready.unsent-old': 'Den äldsta skrevs {since}. Skicka innan du åker, eller ring kontoret.',
  'ready.permits': 'Tillstånden för dagens klienter gäller',
  'ready.permits-ending':
    'Ett tillstånd håller på att gå ut eller har gått ut|{count} tillstånd håller på att gå ut eller har gått ut',
  'ready.permit-over': '{firstName}: {permit} gick ut {day}',
  'ready.permit-ends': '{firstName}: {permit} går ut {day}',
  'ready.space': 'Det finns utrymme på enheten: {free}',
  'ready.clock': 'Enhetens klocka går rätt',
  'ready.clock-ahead': 'Enhetens klocka går en minut före|Enhetens klocka går {count} minuter före',
  'ready.clock-behind':
    'Enhetens klocka går en minut efter|Enhetens klocka går {count} minuter efter',
  'ready.clock-more':
    'Besökens tider tas från enhetens klocka. Slå på automatisk tid i inställningarna.',
  'ready.version': 'Appen är den nyaste',
  'ready.version-new': 'Det finns en ny version av appen',
  'ready.version-more': 'Ta den i bruk när enheten har nät och du har en stund.'
} as const satisfies Record<keyof typeof fi, string>
