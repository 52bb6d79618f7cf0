import type { Wording } from './wording.ts'

export const supportPerson: Wording = {
  tickField: 'activity',
  done: [
    ['Käytiin uimahallissa ja syötiin eväät.', 'hobby', 'talk'],
    ['Pelattiin lautapeliä kirjastossa ja lainattiin kaksi sarjakuvaa.', 'play', 'culture'],
    ['Tehtiin matematiikan läksyt ja sen jälkeen pannukakkua.', 'school', 'cooking'],
    ['Oltiin metsäpolulla, {lapsi} valitsi reitin.', 'outdoors', 'talk'],
    ['Käytiin katsomassa nuorisotalon bänditreenejä.', 'culture', 'hobby'],
    ['Heitettiin koria koulun pihalla ja juteltiin viikosta.', 'outdoors', 'talk']
  ],
  observations: [
    '{lapsi} oli aluksi hiljainen, mutta puhui paljon paluumatkalla.',
    '{lapsi} neuvoi itse säännöt ja odotti vuoroaan.',
    '{lapsi} jaksoi hyvin koko ajan eikä vilkuillut puhelinta.',
    '{lapsi} tervehti tuttuja ja esitteli heidät.'
  ],
  texts: {
    'child-experience': [
      '{lapsi} piti retkestä ja haluaa samaan paikkaan uudestaan.',
      '{lapsi} sanoi, että viikko oli ollut tylsä, mutta tämä päivä hyvä.',
      '{lapsi} oli ylpeä siitä, että osasi.'
    ],
    'client-view': [
      '{vanhempi} kertoi, että {lapsi} odottaa tapaamisia.',
      '{vanhempi} toivoi, että välillä tehdään myös läksyjä.',
      '{vanhemman} mielestä viikot ovat olleet rauhallisempia.'
    ],
    agreed: [
      'Ensi kerralla {lapsi} saa päättää, mitä tehdään.',
      'Seuraavalla kerralla mennään ulos, jos sää sallii.',
      'Tavataan sovittuun aikaan samassa paikassa.'
    ],
    expenses: ['Uimahalli\t7,50 e', 'Bussiliput\t5,80 e', 'Ei kuluja.']
  }
}
