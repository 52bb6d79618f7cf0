import type { Wording } from './wording.ts'

export const familyWork: Wording = {
  ticks: {
    methods: ['conversation', 'doing-together', 'parenting-support', 'routines', 'child-time', 'method']
  },
  choices: {
    'goal-progress': ['unchanged', 'some-progress', 'some-progress', 'good-progress'],
    evaluation: ['none']
  },
  done: [
    'Keskusteltiin iltarytmistä ja tehtiin sille kuvat seinälle.',
    'Käytiin läpi, miten kiukkukohtaukset ovat menneet. {vanhempi} oli kokeillut sovittua tapaa kolmesti.',
    'Leikittiin yhdessä, ja {vanhempi} harjoitteli leikin seuraamista.',
    'Täytettiin jaksamismittari ja verrattiin syksyn tulokseen.',
    'Mietittiin, mistä apua saa viikonloppuisin, ja kirjattiin numerot jääkaapin oveen.',
    'Valmisteltiin yhdessä ensi viikon palaveria päiväkodin kanssa.',
    'Pelattiin tunnekorteilla. {lapsi} valitsi kortin ja kertoi siitä.'
  ],
  observations: [
    '{vanhempi} sanoitti lapsen tunnetta rauhallisesti.',
    '{lapsi} haki katsekontaktia ja tuli syliin.',
    'Puhelin oli koko käynnin ajan sivussa.',
    'Rajan asettaminen onnistui toisella yrityksellä ääntä korottamatta.',
    'Sisarusten kesken oli riitaa, jonka {vanhempi} selvitti itse.'
  ],
  texts: {
    interaction: [
      'Lämmintä ja vastavuoroista, {vanhempi} seuraa lapsen aloitteita.',
      'Ajoittain kiireistä. {vanhempi} huomasi sen itse ja pysähtyi.',
      '{lapsi} hakee huomiota touhuamalla, ja {vanhempi} vastaa useimmiten.'
    ],
    'until-next-time': [
      'Kymmenen minuuttia yhteistä leikkiä joka päivä.',
      'Iltarytmin kuvat käytössä joka ilta, rasti kalenteriin.',
      'Yksi asia, jossa lapsi onnistui, sanotaan ääneen päivittäin.'
    ]
  }
}
