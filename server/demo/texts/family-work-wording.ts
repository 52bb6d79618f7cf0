import type { Wording } from './wording.ts'

export const familyWork: Wording = {
  tickField: 'methods',
  choices: {
    evaluation: ['none']
  },
  done: [
    ['Keskusteltiin iltarytmistä ja tehtiin sille kuvat seinälle.', 'conversation', 'routines'],
    [
      'Käytiin läpi, miten kiukkukohtaukset ovat menneet. {vanhempi} oli kokeillut sovittua tapaa kolmesti.',
      'conversation',
      'parenting-support'
    ],
    ['Leikittiin yhdessä, ja {vanhempi} harjoitteli leikin seuraamista.', 'doing-together', 'child-time'],
    ['Täytettiin jaksamismittari ja verrattiin syksyn tulokseen.', 'method', 'conversation'],
    ['Mietittiin, mistä apua saa viikonloppuisin, ja kirjattiin numerot jääkaapin oveen.', 'conversation', 'network'],
    ['Valmisteltiin yhdessä ensi viikon palaveria päiväkodin kanssa.', 'network', 'parenting-support'],
    ['Pelattiin tunnekorteilla. {lapsi} valitsi kortin ja kertoi siitä.', 'method', 'child-time']
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
