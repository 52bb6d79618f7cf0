import type { rights as fi } from './rights-fi.ts'

export const rights: Readonly<Record<keyof typeof fi, string>> = {
  'rights.title': 'Svar på dataskyddsbegäran',
  'rights.number': 'Begärans nummer',
  'rights.asked': 'Vad som begärdes',
  'rights.receivedOn': 'Begäran kom in',
  'rights.answeredOn': 'Besvarad',
  'rights.client': 'Klient',
  'rights.kind.access': 'Tillgång till egna uppgifter (artikel 15 i dataskyddsförordningen)',
  'rights.kind.rectification': 'Rättelse av uppgifter (artikel 16 i dataskyddsförordningen)',
  'rights.kind.erasure': 'Radering av uppgifter (artikel 17 i dataskyddsförordningen)',
  'rights.kind.restriction': 'Begränsning av behandling (artikel 18 i dataskyddsförordningen)',
  'rights.kind.portability':
    'Överföring av uppgifter från ett system till ett annat (artikel 20 i dataskyddsförordningen)',
  'rights.kind.objection': 'Invändning mot behandling (artikel 21 i dataskyddsförordningen)',
  'rights.answer': 'Svar',
  'rights.outcome.granted': 'Begäran har uppfyllts.',
  'rights.outcome.partly': 'Begäran har uppfyllts delvis.',
  'rights.outcome.refused': 'Begäran uppfylls inte.',
  'rights.outcome.forwarded': 'Begäran har överförts till den personuppgiftsansvariga.',
  'rights.outcome.withdrawn': 'Begäran har återtagits.',
  'rights.outcome.not-held':
    'I vårt klientregister finns inga uppgifter som denna begäran kan gälla. Antingen finns det inga uppgifter, de bevaras inte längre eller så har den som begär inte rätt till dem. Vi berättar inte vem som är vår klient.',
  'rights.ground.not-identified':
    'Vi kunde inte säkerställa vem som gjorde begäran (artikel 12.6 i dataskyddsförordningen). Begäran kan göras på nytt med bevis på identiteten.',
  'rights.ground.unfounded':
    'Begäran är uppenbart ogrundad eller orimlig (artikel 12.5 i dataskyddsförordningen).',
  'rights.ground.no-standing': 'Den som begär har inte rätt till uppgifterna.',
  'rights.ground.rights-of-others':
    'Att ge uppgifterna skulle inverka menligt på andras rättigheter och friheter (artiklarna 15.4 och 20.4 i dataskyddsförordningen).',
  'rights.ground.accurate':
    'Uppgifterna har konstaterats vara riktiga (artikel 16 i dataskyddsförordningen).',
  'rights.ground.legal-obligation':
    'Uppgifterna bevaras på grund av en rättslig förpliktelse (artikel 17.3 b i dataskyddsförordningen).',
  'rights.ground.organiser-record':
    'Uppgifterna hör till tjänsteanordnarens handlingar, som den bevarar enligt lag (lag 703/2023, artikel 17.3 b i dataskyddsförordningen).',
  'rights.ground.public-interest':
    'Uppgifterna behövs för arkivering av allmänt intresse, forskning eller statistik (artikel 17.3 d i dataskyddsförordningen).',
  'rights.ground.legal-claims':
    'Uppgifterna behövs för att fastställa, göra gällande eller försvara rättsliga anspråk (artiklarna 17.3 e och 21.1 i dataskyddsförordningen).',
  'rights.ground.no-restriction-ground':
    'Förutsättningarna för begränsning uppfylls inte (artikel 18.1 i dataskyddsförordningen).',
  'rights.ground.not-portable':
    'Behandlingen grundar sig inte på samtycke eller avtal, eller så behövs den för en uppgift av allmänt intresse (artikel 20.1 och 20.3 i dataskyddsförordningen).',
  'rights.ground.compelling-grounds':
    'Det finns avgörande berättigade skäl för behandlingen (artikel 21.1 i dataskyddsförordningen).',
  'rights.words': 'Dessutom',
  'rights.deleteBy': 'Uppgifterna raderas senast {day}.',
  'rights.restrictedOn':
    'Behandlingen av uppgifterna är begränsad från och med {day}. Uppgifterna bevaras, men de ändras inte och lämnas inte ut. Vi meddelar innan begränsningen hävs.',
  'rights.rectified': 'Vad som rättades',
  'rights.what.profile': 'Klientens grunduppgift',
  'rights.what.contact': 'Kontaktpersonens uppgift',
  'rights.what.note': 'Anteckning som fått en rättelse bredvid sig',
  'rights.told': 'Vem som underrättats om rättelsen, raderingen eller begränsningen',
  'rights.forwarded': 'Till vem begäran har överförts',
  'rights.forwardedMeans':
    'Den som beställt tjänsten är personuppgiftsansvarig för dessa uppgifter. Den svarar själv på begäran.',
  'rights.complaint': 'Rätt att lämna in klagomål',
  'rights.complaintMeans':
    'Om du anser att behandlingen av dina personuppgifter strider mot dataskyddsförordningen kan du lämna in ett klagomål till tillsynsmyndigheten (artikel 77). Det kan göras med blanketten på myndighetens webbplats, per brev eller per e-post.',
  'rights.authority': 'Tillsynsmyndighet',
  'rights.authorityReach':
    'Dataombudsmannens byrå · PB 800, 00531 Helsingfors · telefon 029 566 6700 · tietosuoja@om.fi · www.tietosuoja.fi',
  'rights.court': 'Domstol',
  'rights.courtMeans': 'Du kan också föra saken till domstol (artikel 79).',
  'rights.questions': 'Frågor?'
}
