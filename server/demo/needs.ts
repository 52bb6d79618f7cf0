/** What a worker must know before the door opens. */

export const allergies = [
  'Pähkinäallergia. Adrenaliinikynä eteisen lipaston ylimmässä laatikossa.',
  'Maitoallergia, myös pienet määrät. Omat eväät jääkaapin ovessa.',
  'Kananmuna-allergia.',
  'Penisilliiniallergia.',
  'Vahva siitepölyallergia, lääke keittiön kaapissa lasten ulottumattomissa.'
] as const

export const health = [
  'Tyypin 1 diabetes: verensokeri mitataan ennen ruokaa, ohje jääkaapin ovessa.',
  'Epilepsia, viimeisin kohtaus yli vuosi sitten. Toimintaohje eteisen seinällä.',
  'Astma, avaava lääke repun sivutaskussa.'
] as const

export const needs = [
  'Siirtymät ennakoidaan kuvilla. Äkilliset äänet kuormittavat.',
  'Kuulokoje vasemmassa korvassa: puhu edestäpäin.',
  'Puhe vasta kehittymässä, tukiviittomia käytössä.',
  'Lapsi nukkuu päiväunet vaunuissa parvekkeella.',
  'Vanhempi toipuu leikkauksesta eikä nosta raskasta.'
] as const

export const pets = [
  'Koira, ystävällinen mutta haukkuu ovella.',
  'Kaksi kissaa. Ulko-ovi kiinni heti.',
  'Marsuja lastenhuoneessa.',
  'Iso koira, viedään makuuhuoneeseen ennen käyntiä.'
] as const

export const entrances = [
  'Ovikello ei toimi, koputa.',
  'Soita, kun olet pihalla: alaovi avataan ylhäältä.',
  'Käynti pihan puolelta, B-rappu.',
  'Pysäköinti vieraspaikalle 12, lappu ikkunaan.'
] as const
