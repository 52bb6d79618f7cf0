import type { Wording } from './wording.ts'

export const supportPerson: Wording = {
  ticks: { activity: ['outdoors', 'hobby', 'culture', 'play', 'school', 'cooking', 'talk'] },
  done: [
    'Käytiin uimahallissa ja syötiin eväät.',
    'Pelattiin lautapeliä kirjastossa ja lainattiin kaksi sarjakuvaa.',
    'Tehtiin matematiikan läksyt ja sen jälkeen pannukakkua.',
    'Oltiin metsäpolulla, {lapsi} valitsi reitin.',
    'Käytiin katsomassa nuorisotalon bänditreenejä.',
    'Heitettiin koria koulun pihalla ja juteltiin viikosta.'
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
    expenses: ['Uimahalli 7,50 e.', 'Bussiliput 5,80 e.', 'Ei kuluja.']
  }
}
