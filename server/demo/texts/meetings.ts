import type { Wording } from './wording.ts'

const handoverTimes = [
  'Lapsi tuli klo 10.00 ja lähti klo 11.55.',
  'Lapsi tuli klo 13.05 ja lähti klo 15.00.',
  'Lapsi tuli klo 9.58 ja lähti klo 12.00.'
]

const decisionReference = ['Käräjäoikeuden päätös, kopio toimistolla.', 'Sopimus, lastenvalvoja.']

export const supervisedMeeting: Wording = {
  ticks: { events: ['as-planned'] },
  choices: { 'parents-apart': ['yes', 'yes', 'not-required'] },
  done: [
    'Tapaaminen tapaamispaikan leikkihuoneessa. Rakennettiin junarataa ja syötiin välipala.',
    'Tapaaminen ulkona leikkipuistossa ja lopuksi sisällä lukemassa.',
    'Pelattiin muistipeliä ja piirrettiin. Työntekijä oli koko ajan samassa huoneessa.'
  ],
  observations: [
    '{lapsi} meni heti tapaavan vanhemman luo ja näytti repun.',
    '{lapsi} katsoi välillä työntekijään ja jatkoi leikkiä.',
    'Vanhempi kysyi koulusta, {lapsi} vastasi lyhyesti.',
    'Vanhempi noudatti sovittuja sääntöjä koko ajan.'
  ],
  texts: { 'handover-times': handoverTimes, 'decision-reference': decisionReference }
}

export const supportedMeeting: Wording = {
  ticks: { events: ['as-planned'], support: ['at-hand', 'play', 'daily-care', 'conversation'] },
  done: [
    'Vanhempi laittoi välipalan ja söi yhdessä lapsen kanssa. Työntekijä ohjasi pyydettäessä.',
    'Leikittiin kotia. Työntekijä auttoi alussa löytämään yhteisen leikin.',
    'Ulkoiltiin puistossa, vanhempi huolehti pukemisesta itse.'
  ],
  observations: [
    'Vanhempi huomasi itse, milloin {lapsi} väsyi.',
    '{lapsi} nauroi ja pyysi lisää vauhtia keinuun.',
    'Hyvästely oli rauhallinen.'
  ],
  texts: { 'handover-times': handoverTimes, 'decision-reference': decisionReference }
}

export const supervisedExchange: Wording = {
  ticks: { events: ['as-planned'] },
  choices: {
    direction: ['to-meeting-parent', 'to-home-parent'],
    'parents-apart': ['yes']
  },
  done: [
    'Lapsi siirtyi työntekijän saattamana toiselle vanhemmalle. Vanhemmat eivät tavanneet.',
    'Vaihto sovitussa paikassa. Laukku ja lääkkeet siirtyivät lapsen mukana.',
    'Vaihto tapaamispaikassa, kumpikin vanhempi oli ajoissa.'
  ],
  observations: [
    '{lapsi} oli rauhallinen ja kantoi itse reppunsa.',
    '{lapsi} halasi kumpaakin vanhempaa.',
    '{lapsi} oli väsynyt matkasta, muuten ei erityistä.'
  ],
  texts: {
    'handover-times': ['Tuli klo 16.00, lähti klo 16.20.', 'Tuli klo 15.55, lähti klo 16.15.'],
    'decision-reference': decisionReference
  }
}
