import type { disclosures as fi } from '#lib/i18n/fi/disclosures.ts'

export const disclosures = {
  'disclosures.title': 'Utlämnanden',
  'disclosures.lede':
    'Allt av klienternas uppgifter som lämnat huset: vad, till vem, av vem, när och på vilken grund. Det nyaste först.',
  'disclosures.month': 'Månad',
  'disclosures.everyMonth': 'Alla månader',
  'disclosures.everything': 'Alla utlämnanden',
  'disclosures.everyone': 'Alla mottagare',
  'disclosures.at': 'När',
  'disclosures.what': 'Vad',
  'disclosures.client': 'Vems uppgifter',
  'disclosures.to': 'Till vem',
  'disclosures.ground': 'Grund',
  'disclosures.by': 'Vem lämnade ut',
  'disclosures.receipt': 'Kvittens',
  'disclosures.organiser': 'Beställaren',
  'disclosures.deleted': 'Raderad klientrelation',
  'disclosures.unnamed': 'Namnet visas inte för den som övervakar',
  'disclosures.more': 'Visa äldre',
  'disclosures.none': 'Ingenting har lämnats ut än',
  'disclosures.noneMore':
    'När ett sammandrag, en överföring eller ett överlämningspaket går ut syns det här som en egen rad.',
  'disclosures.notFound': 'Inga utlämnanden med de här villkoren',
  'disclosures.notFoundMore': 'Ändra villkoren eller visa alla.',
  'disclosures.showAll': 'Visa alla',
  'disclosures.print': 'Spara PDF till klienten',
  'disclosures.ofClient': 'Vilka uppgifter som har lämnats ut',
  'disclosures.ofClientNone': 'Den här klientens uppgifter har inte lämnats ut.',
  'disclosures.fingerprint': 'Kontrollsumma {hash}',
  'disclosures.kind.summary': 'Månadssammandrag',
  'disclosures.kind.transfer': 'Servicehändelser',
  'disclosures.kind.return-package': 'Överlämningspaket',
  'disclosures.kind.rights-answer': 'Svar på den registrerades begäran',
  'disclosures.recipient.guardian': 'Vårdnadshavaren',
  'disclosures.recipient.client': 'Klienten',
  'disclosures.through': 'Vilken väg det går',
  'disclosures.channel.secure-mail': 'Skyddad e-post',
  'disclosures.channel.portal': 'Beställarens elektroniska tjänst',
  'disclosures.channel.psop': 'PSOP',
  'disclosures.channel.palse': 'Palse',
  'disclosures.channel.by-hand': 'Överlämnat i handen',
  'disclosures.channel.post': 'Post',
  'disclosures.channel.unstated': 'Uppges inte',
  'disclosures.ground.action-taken':
    'Vad som gjordes med anledning av begäran (artikel 12.3 i dataskyddsförordningen)',
  'disclosures.ground.recipient-notification':
    'Underrättelse till tidigare mottagare (artikel 19 i dataskyddsförordningen)',
  'disclosures.ground.controller-assistance':
    'Överföring av begäran till den personuppgiftsansvariga (artikel 28.3 e i dataskyddsförordningen)',
  'disclosures.ground.client-records-act':
    'Kunduppgiftslagen 703/2023; dataskyddsförordningen art. 6.1 c',
  'disclosures.ground.decision': 'Servicebeslut eller avtal',
  'disclosures.ground.right-of-access':
    'Tillgång till egna uppgifter; dataskyddsförordningen art. 15',
  'disclosures.ground.portability': 'Dataportabilitet; dataskyddsförordningen art. 20',
  'disclosures.receipt.received': 'Mottaget',
  'disclosures.receipt.returned': 'Returnerat',
  'disclosures.receipt.none': 'Ingen kvittens'
} as const satisfies Readonly<Record<keyof typeof fi, string>>
