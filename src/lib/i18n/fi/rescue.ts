export const rescue = {
  'rescue.take': 'Ota vastaan pelastustiedosto',
  'rescue.means':
    'Tabletti, jonka sovellus ei käynnisty, tallentaa kirjauksensa tiedostoon Pelastus-sivulla. Kukaan ei voi lukea tiedostoa; täällä kirjaukset tulevat perille. Saman tiedoston voi antaa monta kertaa.',
  'rescue.choose': 'Valitse tiedosto',
  'rescue.taking': 'Otetaan vastaan …',
  'rescue.notOne': 'Tämä ei ole pelastustiedosto. Mitään ei muutettu.',
  'rescue.of': '{device}, {name}',
  'rescue.held': '1 kirjaus: {parts}|{count} kirjausta: {parts}',
  'rescue.applied': '1 tallennettu|{count} tallennettu',
  'rescue.decides': '1 odottaa ratkaisua|{count} odottaa ratkaisua',
  'rescue.discarded': '1 poistetusta asiakkuudesta|{count} poistetuista asiakkuuksista',
  'rescue.refused': '1 ei avautunut|{count} ei avautunut',
  'rescue.retry': '1 jäi odottamaan tablettia|{count} jäi odottamaan tablettia',
  'rescue.again': 'Näistä 1 oli tullut jo aiemmin.|Näistä {count} oli tullut jo aiemmin.',
  'rescue.unknown':
    '1 kirjaus on laitteelta, jota täällä ei tunneta.|{count} kirjausta on laitteilta, joita täällä ei tunneta.'
} as const
