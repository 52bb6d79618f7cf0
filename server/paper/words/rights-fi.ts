export const rights = {
  'rights.title': 'Vastaus tietosuojapyyntöön',
  'rights.number': 'Pyynnön numero',
  'rights.asked': 'Mitä pyydettiin',
  'rights.receivedOn': 'Pyyntö saapui',
  'rights.answeredOn': 'Vastattu',
  'rights.client': 'Asiakas',
  'rights.kind.access': 'Pääsy omiin tietoihin (tietosuoja-asetuksen 15 artikla)',
  'rights.kind.rectification': 'Tietojen oikaisu (tietosuoja-asetuksen 16 artikla)',
  'rights.kind.erasure': 'Tietojen poistaminen (tietosuoja-asetuksen 17 artikla)',
  'rights.kind.restriction': 'Käsittelyn rajoittaminen (tietosuoja-asetuksen 18 artikla)',
  'rights.kind.portability':
    'Tietojen siirtäminen järjestelmästä toiseen (tietosuoja-asetuksen 20 artikla)',
  'rights.kind.objection': 'Käsittelyn vastustaminen (tietosuoja-asetuksen 21 artikla)',
  'rights.answer': 'Vastaus',
  'rights.outcome.granted': 'Pyyntö on toteutettu.',
  'rights.outcome.partly': 'Pyyntö on toteutettu osittain.',
  'rights.outcome.refused': 'Pyyntöä ei toteuteta.',
  'rights.outcome.forwarded': 'Pyyntö on siirretty rekisterinpitäjälle.',
  'rights.outcome.withdrawn': 'Pyyntö on peruttu.',
  'rights.outcome.not-held':
    'Asiakasrekisterissämme ei ole tietoja, joihin tämä pyyntö voisi kohdistua. Joko tietoja ei ole, niitä ei enää säilytetä tai pyytäjällä ei ole niihin oikeutta. Emme kerro, kuka on asiakkaamme.',
  'rights.ground.not-identified':
    'Emme voineet varmistaa pyytäjän henkilöllisyyttä (tietosuoja-asetuksen 12 artiklan 6 kohta). Pyynnön voi tehdä uudelleen ja todistaa henkilöllisyytensä.',
  'rights.ground.unfounded':
    'Pyyntö on ilmeisen perusteeton tai kohtuuton (tietosuoja-asetuksen 12 artiklan 5 kohta).',
  'rights.ground.no-standing': 'Pyytäjällä ei ole oikeutta tietoihin.',
  'rights.ground.rights-of-others':
    'Tiedon antaminen vaikuttaisi haitallisesti muiden oikeuksiin ja vapauksiin (tietosuoja-asetuksen 15 artiklan 4 kohta ja 20 artiklan 4 kohta).',
  'rights.ground.accurate':
    'Tiedot on todettu paikkansapitäviksi (tietosuoja-asetuksen 16 artikla).',
  'rights.ground.legal-obligation':
    'Tietojen säilyttäminen perustuu lakisääteiseen velvoitteeseen (tietosuoja-asetuksen 17 artiklan 3 kohdan b alakohta).',
  'rights.ground.organiser-record':
    'Tiedot kuuluvat palvelunjärjestäjän asiakirjoihin, joita se säilyttää lain mukaan (laki 703/2023, tietosuoja-asetuksen 17 artiklan 3 kohdan b alakohta).',
  'rights.ground.public-interest':
    'Tietoja tarvitaan yleisen edun mukaista arkistointia, tutkimusta tai tilastointia varten (tietosuoja-asetuksen 17 artiklan 3 kohdan d alakohta).',
  'rights.ground.legal-claims':
    'Tietoja tarvitaan oikeusvaateen laatimiseksi, esittämiseksi tai puolustamiseksi (tietosuoja-asetuksen 17 artiklan 3 kohdan e alakohta ja 21 artiklan 1 kohta).',
  'rights.ground.no-restriction-ground':
    'Rajoittamisen edellytykset eivät täyty (tietosuoja-asetuksen 18 artiklan 1 kohta).',
  'rights.ground.not-portable':
    'Tietojen käsittely ei perustu suostumukseen tai sopimukseen, tai se on tarpeen yleistä etua koskevan tehtävän suorittamiseksi (tietosuoja-asetuksen 20 artiklan 1 ja 3 kohta).',
  'rights.ground.compelling-grounds':
    'Käsittelyyn on huomattavan tärkeä ja perusteltu syy (tietosuoja-asetuksen 21 artiklan 1 kohta).',
  'rights.words': 'Lisäksi',
  'rights.deleteBy': 'Tiedot poistetaan viimeistään {day}.',
  'rights.restrictedOn':
    'Tietojen käsittelyä on rajoitettu {day} alkaen. Tiedot säilytetään, mutta niitä ei muuteta eikä luovuteta. Ilmoitamme ennen kuin rajoitus poistetaan.',
  'rights.rectified': 'Mitä oikaistiin',
  'rights.what.profile': 'Asiakkaan perustieto',
  'rights.what.contact': 'Yhteyshenkilön tieto',
  'rights.what.note': 'Kirjaus, jonka rinnalle on lisätty korjaus',
  'rights.told': 'Kenelle oikaisusta, poistosta tai rajoituksesta on ilmoitettu',
  'rights.forwarded': 'Kenelle pyyntö on siirretty',
  'rights.forwardedMeans':
    'Palvelun tilaaja on näiden tietojen rekisterinpitäjä. Se vastaa pyyntöön itse.',
  'rights.complaint': 'Oikeus tehdä valitus',
  'rights.complaintMeans':
    'Jos katsot, että henkilötietojesi käsittelyssä rikotaan tietosuoja-asetusta, voit tehdä valituksen valvontaviranomaiselle (77 artikla). Valituksen voi tehdä lomakkeella viranomaisen verkkosivuilla, kirjeellä tai sähköpostilla.',
  'rights.authority': 'Valvontaviranomainen',
  'rights.authorityReach':
    'Tietosuojavaltuutetun toimisto · PL 800, 00531 Helsinki · puhelin 029 566 6700 · tietosuoja@om.fi · www.tietosuoja.fi',
  'rights.court': 'Tuomioistuin',
  'rights.courtMeans': 'Voit myös saattaa asian tuomioistuimen käsiteltäväksi (79 artikla).',
  'rights.questions': 'Kysyttävää?'
} as const
