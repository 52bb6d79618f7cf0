export const prints = {
  'prints.title': 'Tulosteet',
  'prints.lede':
    'Työtä varten tulostettu paperi tuhotaan käytön jälkeen. Merkitse se tässä tuhotuksi.',
  'prints.open': 'Näytä tulosteeni',
  'prints.none': 'Ei tuhottavia tulosteita',
  'prints.noneMore': 'Päivälista ilmestyy tähän, kun se on tulostettu.',
  'prints.kind.day-sheet': 'Päivälista {day}',
  'prints.printedAt': 'Tulostettu {at}',
  'prints.destroyBy': 'Tuhoa viimeistään {day}',
  'prints.late': 'Piti tuhota viimeistään {day}',
  'prints.destroy': 'Tuhottu',
  'prints.destroyNamed': 'Tuhottu: {print}',
  'prints.destroyed': 'Merkitty tuhotuksi',
  'prints.byOther': 'Toinen on jo merkinnyt sen tuhotuksi',
  'prints.notSaved': 'Merkintä ei tallentunut. Kokeile uudelleen.',
  'prints.offline': 'Tulosteiden merkitseminen tarvitsee verkon',
  'prints.offlineMore':
    'Ilman verkkoa tulostettu päivälista tulee luetteloon, kun se on lähetetty. Kokeile, kun verkko on taas.',
  'prints.again': 'Yritä uudelleen',
  'prints.forAnother':
    'Voit merkitä tulosteen tuhotuksi toisen puolesta. Lokiin jäävät molempien nimet.',
  'office.situation.prints': 'Tulosteet tuhoamatta',
  'office.situation.printsSince':
    'yksi tuloste, piti tuhota {day}|{count} tulostetta, vanhin piti tuhota {day}'
} as const
