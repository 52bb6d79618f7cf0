import type { Wording } from './wording.ts'

export const homeService: Wording = {
  tickField: 'tasks',
  done: [
    ['Oltiin lasten kanssa ulkona, {vanhempi} lepäsi sen ajan.', 'childcare', 'outdoors', 'parent-rest'],
    ['Laitettiin yhdessä makaronilaatikko ja katettiin pöytä. {lapsi} auttoi kattamisessa.', 'meals', 'guidance'],
    ['Ripustettiin pyykit ja viikattiin kuivat kaappiin. {lapsi} lajitteli sukat.', 'laundry'],
    ['Luettiin ja rakennettiin palikoilla, {vanhempi} lepäsi makuuhuoneessa.', 'childcare', 'parent-rest'],
    ['Käytiin yhdessä kaupassa ja tehtiin ostoslista viikolle.', 'errands', 'guidance'],
    ['Siivottiin keittiö ja eteinen. {vanhempi} sai soittaa rauhassa Kelaan.', 'routines', 'childcare'],
    ['{lapsi} kuunteli sadun ja lepäsi, sillä aikaa tehtiin ruoka.', 'childcare', 'meals'],
    ['Harjoiteltiin pukemista kuvien avulla ennen ulosmenoa.', 'routines', 'outdoors', 'guidance']
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
