export const disclosure = {
  'disclosure.title': 'Asiakastietojen luovutukset',
  'disclosure.lede':
    'Mitä asiakkaan tietoja on luovutettu, kenelle, milloin, kuka luovutti ja millä perusteella.',
  'disclosure.none': 'Tietoja ei ole luovutettu.',
  'disclosure.at': 'Milloin',
  'disclosure.what': 'Mitä',
  'disclosure.to': 'Kenelle',
  'disclosure.ground': 'Peruste',
  'disclosure.by': 'Kuka luovutti',
  'disclosure.kind.summary': 'Kuukausikooste',
  'disclosure.kind.transfer': 'Palvelutapahtumat',
  'disclosure.kind.return-package': 'Luovutuspaketti',
  'disclosure.kind.rights-answer': 'Vastaus rekisteröidyn pyyntöön',
  'disclosure.recipient.client': 'Asiakas',
  'disclosure.recipient.guardian': 'Huoltaja',
  'disclosure.recipient.organiser': 'Tilaaja',
  'disclosure.channel.secure-mail': 'Turvaposti',
  'disclosure.channel.portal': 'Tilaajan sähköinen palvelu',
  'disclosure.channel.psop': 'PSOP',
  'disclosure.channel.palse': 'Palse',
  'disclosure.channel.by-hand': 'Annettu käteen',
  'disclosure.channel.post': 'Posti',
  'disclosure.channel.unstated': 'Ei kerrottu',
  'disclosure.ground.action-taken':
    'Mitä pyynnön johdosta tehtiin (tietosuoja-asetuksen 12 artiklan 3 kohta)',
  'disclosure.ground.recipient-notification':
    'Ilmoitus aiemmalle vastaanottajalle (tietosuoja-asetuksen 19 artikla)',
  'disclosure.ground.controller-assistance':
    'Pyynnön siirto rekisterinpitäjälle (tietosuoja-asetuksen 28 artiklan 3 kohdan e alakohta)',
  'disclosure.ground.client-records-act':
    'Laki sosiaali- ja terveydenhuollon asiakastietojen käsittelystä (703/2023) ja tietosuoja-asetuksen 6 artiklan 1 kohdan c alakohta',
  'disclosure.ground.decision':
    'Palvelupäätös tai sopimus, jonka nojalla palvelu raportoidaan ja maksetaan',
  'disclosure.ground.right-of-access':
    'Oikeus saada pääsy tietoihin (tietosuoja-asetuksen 15 artikla)',
  'disclosure.ground.portability':
    'Oikeus siirtää tiedot järjestelmästä toiseen (tietosuoja-asetuksen 20 artikla)'
} as const
