export const disclosure = {
  'disclosure.title': 'Utlämnanden av klientuppgifter',
  'disclosure.lede':
    'Vilka av klientens uppgifter som lämnats ut, till vem, när, av vem och på vilken grund.',
  'disclosure.none': 'Inga uppgifter har lämnats ut.',
  'disclosure.at': 'När',
  'disclosure.what': 'Vad',
  'disclosure.to': 'Till vem',
  'disclosure.ground': 'Grund',
  'disclosure.by': 'Vem lämnade ut',
  'disclosure.kind.summary': 'Månadssammandrag',
  'disclosure.kind.transfer': 'Servicehändelser',
  'disclosure.kind.return-package': 'Överlämningspaket',
  'disclosure.kind.rights-answer': 'Svar på den registrerades begäran',
  'disclosure.recipient.client': 'Klienten',
  'disclosure.recipient.guardian': 'Vårdnadshavaren',
  'disclosure.recipient.organiser': 'Beställaren',
  'disclosure.channel.secure-mail': 'Skyddad e-post',
  'disclosure.channel.portal': 'Beställarens elektroniska tjänst',
  'disclosure.channel.psop': 'PSOP',
  'disclosure.channel.palse': 'Palse',
  'disclosure.channel.by-hand': 'Överlämnat i handen',
  'disclosure.channel.post': 'Post',
  'disclosure.channel.unstated': 'Uppges inte',
  'disclosure.ground.action-taken':
    'Vad som gjordes med anledning av begäran (artikel 12.3 i dataskyddsförordningen)',
  'disclosure.ground.recipient-notification':
    'Underrättelse till tidigare mottagare (artikel 19 i dataskyddsförordningen)',
  'disclosure.ground.controller-assistance':
    'Överföring av begäran till den personuppgiftsansvariga (artikel 28.3 e i dataskyddsförordningen)',
  'disclosure.ground.client-records-act':
    'Lagen om behandling av kunduppgifter inom social- och hälsovården (703/2023) och artikel 6.1 c i dataskyddsförordningen',
  'disclosure.ground.decision':
    'Servicebeslut eller avtal enligt vilket servicen rapporteras och betalas',
  'disclosure.ground.right-of-access': 'Rätten till tillgång (artikel 15 i dataskyddsförordningen)',
  'disclosure.ground.portability':
    'Rätten till dataportabilitet (artikel 20 i dataskyddsförordningen)'
} as const
