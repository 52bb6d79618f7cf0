export const ownLog = {
  'ownLog.title': 'Oma lokini',
  'ownLog.lede':
    'Mitä asiakkaiden tietoja olet itse avannut, kirjannut tai tulostanut. Samat merkinnät näkee toimiston valvoja.',
  'ownLog.open': 'Näytä oma lokini',
  'ownLog.client': 'Asiakas',
  'ownLog.notHere': 'Ei tällä laitteella',
  'ownLog.offline': 'Oma loki tarvitsee verkon',
  'ownLog.offlineMore': 'Merkinnät ovat tallessa toimistolla. Kokeile, kun verkko on taas.',
  'ownLog.again': 'Yritä uudelleen',
  'ownLog.none': 'Et ole vielä käyttänyt kenenkään tietoja'
} as const
