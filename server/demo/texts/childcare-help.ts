import type { Wording } from './wording.ts'

export const childcareHelp: Wording = {
  ticks: { day: ['meals', 'sleep', 'outdoors', 'play', 'homework', 'hygiene'] },
  flags: ['allergies-checked'],
  done: [
    'Hoidettiin lapset vanhemman työvuoron ajan. Ulkoiltiin ja tehtiin välipala.',
    'Haettiin {lapsi} koulusta sovittuun aikaan, läksyt ja leikkiä.',
    'Leikittiin sisällä sateen vuoksi, rakennettiin maja ja luettiin.',
    'Puettiin ja lähdettiin puistoon, lounas kotona, päiväunet.'
  ],
  observations: [
    '{lapsi} viihtyi ja leikki pitkään omin päin.',
    '{lapsi} ikävöi hetken, rauhoittui lukemalla.',
    'Sisarukset jakoivat lelut hyvin.',
    '{lapsi} oli nuhainen mutta virkeä.'
  ],
  texts: {
    instructions: ['Päiväunet viimeistään klo 12.30.', 'Ruoka jääkaapissa, pelit vasta läksyjen jälkeen.'],
    'meals-and-sleep': ['Söi hyvin, nukkui 1 h 20 min.', 'Lounas maistui, ei nukkunut.', 'Söi vähän, joi hyvin.'],
    incidents: ['Ei tapaturmia.', 'Pieni pintahaava polvessa, pesty ja laastaroitu.']
  }
}
