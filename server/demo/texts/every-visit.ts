/** What fits a visit of most products, by field. */
export const usualTexts = {
'client-view': [
  '{vanhempi} kertoi saaneensa levätä ja oli tyytyväinen käyntiin.',
  '{vanhemman} mielestä arki sujuu nyt paremmin kuin kuukausi sitten.',
  '{vanhempi} toivoi, että seuraavalla kerralla mennään ulos heti alussa.',
  '{vanhempi} sanoi, että illat ovat edelleen raskaita.',
  '{vanhempi} koki, että käynti tuli hyvään kohtaan viikkoa.',
  '{vanhempi} kertoi väsymyksestä, mutta sanoi pärjäävänsä viikonlopun yli.'
],
'child-view': [
  '{lapsi} sanoi, että oli kivaa.',
  '{lapsi} olisi halunnut jatkaa leikkiä pidempään.',
  '{lapsi} kertoi päiväkodin retkestä ja uudesta kaverista.',
  '{lapsi} ei halunnut jutella tänään, mutta leikki mielellään.',
  '{lapsi} kysyi, milloin tullaan uudestaan.',
  '{lapsi} näytti piirustuksen ja halusi laittaa sen jääkaapin oveen.'
],
assessment: [
  'Tuki on oikea-aikaista, jatketaan samaan tapaan.',
  'Perheen voimavarat ovat lisääntyneet, käyntejä voidaan harventaa keväällä.',
  'Rytmi on löytynyt, ja se kannattaa pitää.',
  'Kuormitus on edelleen suurta, tiheät käynnit ovat perusteltuja.',
  'Käynnin tavoite toteutui.',
  'Edistystä on, mutta uusi tapa vaatii vielä toistoa.'
],
agreed: [
  'Seuraava käynti sovittuun aikaan.',
  'Ensi kerralla tehdään viikon ruokalista yhdessä.',
  '{vanhempi} soittaa neuvolaan ja kertoo ensi kerralla, mitä sovittiin.',
  'Otetaan ensi kerralla kuvakortit mukaan.',
  'Seuraavalla käynnillä ollaan ulkona, jos sää sallii.',
  'Jatketaan samasta kohdasta. {vanhempi} kokeilee uutta iltarytmiä viikon ajan.',
  'Ei erityistä sovittavaa.'
]
} as const

export const concern =
  '{vanhempi} kertoi, ettei ole nukkunut kunnolla kahteen viikkoon eikä jaksa nousta yöllä lapsen luo. Kukaan läheinen ei pääse auttamaan ennen ensi viikkoa.'

export const concernAgreement =
  '{vanhempi} antoi luvan olla yhteydessä sosiaalityöntekijään. Toimisto soittaa perheelle huomenna aamulla.'
