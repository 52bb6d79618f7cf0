import type { Wording } from './wording.ts'

export const homeService: Wording = {
  ticks: {
    tasks: ['childcare', 'meals', 'laundry', 'routines', 'outdoors', 'parent-rest', 'guidance']
  },
  done: [
    'Oltiin lasten kanssa ulkona, {vanhempi} lepäsi sen ajan.',
    'Laitettiin yhdessä makaronilaatikko ja katettiin pöytä. {lapsi} auttoi kattamisessa.',
    'Ripustettiin pyykit ja viikattiin kuivat kaappiin. {lapsi} lajitteli sukat.',
    'Luettiin ja rakennettiin palikoilla, kun {vanhempi} hoiti vauvaa.',
    'Käytiin yhdessä kaupassa ja tehtiin ostoslista viikolle.',
    'Siivottiin keittiö ja eteinen. {vanhempi} sai soittaa rauhassa Kelaan.',
    '{lapsi} nukahti päiväunille sadun jälkeen, sillä aikaa tehtiin ruoka.',
    'Harjoiteltiin pukemista kuvien avulla ennen ulosmenoa.'
  ],
  observations: [
    '{lapsi} söi hyvin ja nukkui puolitoista tuntia.',
    'Koti oli siisti, ja leluille oli löytynyt omat paikat.',
    'Lapset leikkivät keskenään pitkään ilman riitoja.',
    '{lapsi} itki lähtötilanteessa, rauhoittui sylissä.',
    '{vanhempi} oli väsynyt, mutta läsnä lasten kanssa.',
    'Siirtymä ulkoa sisään sujui kuvan avulla.'
  ],
  texts: {
    'child-day': [
      'Aamulla ulkona, ruoka kello 11.30, päiväunet ja leikkiä.',
      'Rauhallinen päivä kotona, välipala ja piirtämistä.',
      'Puistossa keinut ja hiekkalaatikko, kotona lukemista.'
    ],
    handover: [
      'Kerrottu ruokailu ja unet.',
      'Kerrottu, mitä tehtiin ja milloin lapset söivät.',
      'Käytiin läpi päivän kulku, ei erityistä.'
    ]
  }
}
