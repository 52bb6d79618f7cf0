import type { Wording } from './wording.ts'

const decisionReference = ['Käräjäoikeuden päätös, kopio toimistolla.', 'Sopimus, lastenvalvoja.']

const common = {
  'handover-times': ['{alku}\t{loppu}\tLähivanhempi toi ja haki'],
  'decision-reference': decisionReference,
  'client-view': [
    'Tapaava vanhempi oli tyytyväinen tapaamiseen.',
    'Tapaava vanhempi toivoi pidempiä tapaamisia.',
    'Lähivanhempi kertoi, että matka sujui hyvin.'
  ],
  'child-view': [
    '{lapsi} sanoi, että oli kivaa.',
    '{lapsi} kysyi, milloin tavataan uudestaan.',
    '{lapsi} ei halunnut jutella tapaamisesta.'
  ],
  assessment: ['Toteutui suunnitellusti.', 'Ei erityistä huomattavaa.'],
  agreed: ['Seuraava kerta sovitun aikataulun mukaan.', 'Ei muutoksia järjestelyihin.']
} as const

export const supervisedMeeting: Wording = {
  tickField: 'events',
  choices: { 'parents-apart': ['yes', 'yes', 'not-required'] },
  done: [
    ['Tapaaminen tapaamispaikan leikkihuoneessa. Rakennettiin junarataa ja syötiin välipala.', 'as-planned'],
    ['Tapaaminen ulkona leikkipuistossa ja lopuksi sisällä lukemassa.', 'as-planned'],
    ['Pelattiin muistipeliä ja piirrettiin. Työntekijä oli koko ajan samassa huoneessa.', 'as-planned']
  ],
  observations: [
    '{lapsi} meni heti tapaavan vanhemman luo ja näytti repun.',
    '{lapsi} katsoi välillä työntekijään ja jatkoi leikkiä.',
    'Vanhempi kysyi koulusta, {lapsi} vastasi lyhyesti.',
    'Vanhempi noudatti sovittuja sääntöjä koko ajan.'
  ],
  texts: common
}

export const supportedMeeting: Wording = {
  tickField: 'events',
  done: [
    ['Vanhempi laittoi välipalan ja söi yhdessä lapsen kanssa. Työntekijä ohjasi pyydettäessä.', 'as-planned'],
    ['Leikittiin kotia. Työntekijä auttoi alussa löytämään yhteisen leikin.', 'as-planned'],
    ['Ulkoiltiin puistossa, vanhempi huolehti pukemisesta itse.', 'as-planned']
  ],
  observations: [
    'Vanhempi huomasi itse, milloin {lapsi} väsyi.',
    '{lapsi} nauroi ja pyysi lisää vauhtia keinuun.',
    'Hyvästely oli rauhallinen.'
  ],
  texts: common
}

export const supervisedExchange: Wording = {
  tickField: 'events',
  choices: {
    direction: ['to-meeting-parent', 'to-home-parent'],
    'parents-apart': ['yes']
  },
  done: [
    ['Lapsi siirtyi työntekijän saattamana toiselle vanhemmalle. Vanhemmat eivät tavanneet.', 'as-planned'],
    ['Vaihto sovitussa paikassa. Laukku ja lääkkeet siirtyivät lapsen mukana.', 'as-planned'],
    ['Vaihto tapaamispaikassa, kumpikin vanhempi oli ajoissa.', 'as-planned']
  ],
  observations: [
    '{lapsi} oli rauhallinen ja kantoi itse reppunsa.',
    '{lapsi} halasi kumpaakin vanhempaa.',
    '{lapsi} oli väsynyt matkasta, muuten ei erityistä.'
  ],
  texts: common
}
