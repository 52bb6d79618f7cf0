export const asking = {
  'asking.act': 'Pyydä täydentämään',
  'asking.again': 'Pyydä uudelleen',
  'asking.all': 'Pyydä täydentämään ({count})',
  'asking.of': '{act}: {what}',
  'asking.allOf': 'Pyydä täydentämään kaikki: {name}',
  'asking.title': 'Pyydä täydentämään: {name}',
  'asking.lede':
    'Pyyntö näkyy työntekijän Tänään-sivulla, kunnes kohta on täydennetty. Laite hakee sen, kun se saa verkon.',
  'asking.count': '{count} kohta|{count} kohtaa',
  'asking.word': 'Sana työntekijälle',
  'asking.wordHint': 'Näkyy pyynnön vieressä työntekijän laitteella.',
  'asking.optional': 'Voi jättää tyhjäksi',
  'asking.send': 'Pyydä',
  'asking.standing': 'Pyydetty {when}, {name}',
  'asking.withdraw': 'Peru pyyntö',
  'asking.withdrawOf': 'Peru pyyntö: {what}',
  'asking.outcome.asked': 'Pyydetty {count} kohta|Pyydetty {count} kohtaa',
  'asking.outcome.already':
    '{count} kohtaa on pyydetty jo tänään|{count} kohtaa on pyydetty jo tänään',
  'asking.outcome.done': '{count} kohta on jo täydennetty|{count} kohtaa on jo täydennetty',
  'asking.outcome.out-of-reach':
    '{count} kohtaa ei pyydetty: työntekijä ei enää hoida asiakasta. Kirjaa hänen puolestaan.|{count} kohtaa ei pyydetty: työntekijä ei enää hoida asiakasta. Kirjaa hänen puolestaan.',
  'asking.outcome.absent':
    '{count} kohtaa ei pyydetty: käyntiä ei enää ole|{count} kohtaa ei pyydetty: käyntejä ei enää ole',
  'asking.done': 'Täydennetty pyynnön jälkeen: {count}',
  'asking.doneLine': 'pyydetty {when}, {name}',
  'asking.wish.ending': 'käynti kirjattu loppuun',
  'asking.wish.note': 'kirjaus vahvistettu',
  'asking.wish.times': 'kellonajat korjattu',
  'asking.wish.overlap': 'päällekkäisyys korjattu',
  'asking.wish.reason': 'syy kerrottu',
  'asking.office': 'toimisto ratkaisee',
  'asking.call':
    'pyyntö ei tavoita laitetta ennen kuin se lähettää: soita, että sovellus avataan verkossa'
} as const
