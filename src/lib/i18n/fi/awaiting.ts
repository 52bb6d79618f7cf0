/** What awaits a decision at the office. */
export const awaiting = {
  'awaiting.lede': 'Näitä tabletti ei voinut tallentaa suoraan. Lue, ja päätä mitä niille tehdään.',
  'awaiting.open': 'Lue ja ratkaise',
  'awaiting.openOf': 'Lue ja ratkaise: {name}',
  'awaiting.accept': 'Ota mukaan',
  'awaiting.acceptAll': 'Ota kaikki mukaan ({count})',
  'awaiting.return': 'Palauta kirjaajalle',
  'awaiting.decline': 'Älä ota mukaan',
  'awaiting.cannotAccept':
    'Tätä ei voi ottaa mukaan sellaisenaan. Palauta se kirjaajalle tai jätä pois.',
  'awaiting.masked': 'Henkilötunnus peitetään, kun kirjaus otetaan mukaan.',
  'awaiting.visit': 'Käynti {from}–{until}',
  'awaiting.visitFrom': 'Käynti alkoi {from}',
  'awaiting.suggests': '{field}: {value}',
  'awaiting.document': 'Sivuja {count}',
  'awaiting.nothingReadable': 'Sisältöä ei voi näyttää.',
  'awaiting.returnTitle': 'Palauta kirjaajalle',
  'awaiting.returnMore':
    'Kirjaaja näkee perustelun tabletissaan, korjaa tekstin ja vahvistaa sen uudelleen. Nykyinen teksti säilyy sinetöitynä.',
  'awaiting.declineTitle': 'Älä ota mukaan',
  'awaiting.declineMore':
    'Teksti ei tule asiakkaan tietoihin. Kirjaaja näkee perustelun tabletissaan.',
  'awaiting.reason': 'Perustelu kirjaajalle',
  'awaiting.reasonMissing': 'Kirjoita perustelu.',
  'awaiting.still': 'Osa jäi odottamaan. Syy näkyy kunkin kohdalla.'
} as const
