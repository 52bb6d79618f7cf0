export const locking = {
  'locking.runs': 'Käynti on käynnissä',
  'locking.finish': 'Lopeta käynti',
  'locking.ended': 'Käynti päättyi {clock}',
  'locking.ended-more': 'Aika kirjataan käyntiin, kun avaat lukituksen.',
  'locking.undo': 'Peru',
  'locking.not-kept': 'Aikaa ei saatu talteen. Yritä uudelleen.',
  'locking.applying': 'Viedään päättymisaika {clock} käyntiin',
  'locking.applied-more': 'Aika merkittiin lukitusnäytöllä. Voit muuttaa sitä käynnin sivulla.',
  'locking.dropped': 'Lukitusnäytöllä merkitty päättymisaika {clock} jäi käyttämättä',
  'locking.dropped-more': 'Käynti oli jo lopetettu muualla.',
  'locking.failed': 'Päättymisaikaa {clock} ei saatu kirjattua',
  'locking.failed-more': 'Aika on tallessa, ja se viedään käyntiin seuraavalla avauksella.',
  'locking.seen': 'Selvä'
} as const
