export const handover = {
  'package.heading': 'Luovutuspaketti tilaajalle',
  'package.lede':
    'Paketissa on asiakkuuden koko aineisto: luettava asiakirja ja salattu arkisto, jossa ovat tiedot koneluettavina ja skannatut asiakirjat. Anna se tilaajalle ennen tietojen poistamista.',
  'package.made': 'koottu {when}, {name}, kieli: {language}',
  'package.overtaken': 'Tiedot ovat muuttuneet paketin kokoamisen jälkeen',
  'package.overtakenMore': 'Kokoa paketti uudelleen ennen kuin annat sen tilaajalle.',
  'package.part.record': 'Luettava asiakirja',
  'package.part.archive': 'Salattu arkisto',
  'package.keep.record': 'Lataa asiakirja',
  'package.keep.archive': 'Lataa arkisto',
  'package.handOver': 'Kenelle ja mitä tietä paketti luovutetaan?',
  'package.handOverMore':
    'Nämä kirjataan luovutuksiin. Anna paketti itse: sovellus ei lähetä sitä.',
  'package.recipient': 'Kenelle',
  'package.showPassphrase': 'Näytä salasana',
  'package.language': 'Paketin kieli',
  'package.make': 'Kokoa paketti',
  'package.makeAnew': 'Kokoa uudelleen',
  'package.making': 'Pakettia kootaan. Tämä voi kestää hetken.',
  'package.remove': 'Poista paketti',
  'package.removeAsk': 'Poistetaanko luovutuspaketti?',
  'package.removeMore':
    'Paketti ja sen salasana poistuvat. Asiakkuuden tiedot eivät poistu, ja paketin voi koota uudelleen.',
  'package.keepIt': 'Älä poista',
  'package.passphrase': 'Paketin {number} salasana',
  'package.passphraseMore':
    'Kerro salasana tilaajalle toista kautta kuin paketti, esimerkiksi puhelimessa. Sama salasana avaa asiakirjan ja arkiston. Katsominen kirjataan lokiin.',
  'package.passphraseDone': 'Valmis'
} as const
