import type { Wording } from './wording.ts'

export const childcareHelp: Wording = {
  tickField: 'day',
  flags: ['allergies-checked'],
  done: [
    ['Hoidettiin lapset vanhemman työvuoron ajan. Ulkoiltiin ja tehtiin välipala.', 'outdoors', 'meals'],
    ['Haettiin {lapsi} koulusta sovittuun aikaan, läksyt ja leikkiä.', 'homework', 'play'],
    ['Leikittiin sisällä sateen vuoksi, rakennettiin maja ja luettiin.', 'play', 'sleep'],
    ['Puettiin ja lähdettiin puistoon, lounas kotona.', 'outdoors', 'meals', 'hygiene']
  ],
  observations: [
    '{lapsi} viihtyi ja leikki pitkään omin päin.',
    '{lapsi} ikävöi hetken, rauhoittui lukemalla.',
    'Sisarukset jakoivat lelut hyvin.',
    '{lapsi} oli nuhainen mutta virkeä.'
  ],
  texts: {
    'client-view': [
      '{vanhempi} oli tyytyväinen, että työvuoro onnistui.',
      '{vanhempi} kiitti, kun hoito oli tuttu ja ajoissa.'
    ],
    agreed: ['Seuraava kerta sovittuun aikaan.', '{vanhempi} ilmoittaa uudet työvuorot viikon alussa.'],
    instructions: ['Päiväunet viimeistään klo 12.30.', 'Ruoka jääkaapissa, pelit vasta läksyjen jälkeen.'],
    'meals-and-sleep': ['Söi hyvin, nukkui 1 h 20 min.', 'Lounas maistui, ei nukkunut.', 'Söi vähän, joi hyvin.'],
    incidents: ['Ei tapaturmia.', 'Pieni pintahaava polvessa, pesty ja laastaroitu.']
  }
}
