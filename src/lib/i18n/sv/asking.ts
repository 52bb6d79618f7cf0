import type { asking as fi } from '#lib/i18n/fi/asking.ts'

export const asking = {
  'asking.act': 'Be om komplettering',
  'asking.again': 'Be på nytt',
  'asking.all': 'Be om komplettering ({count})',
  'asking.of': '{act}: {what}',
  'asking.allOf': 'Be om komplettering av allt: {name}',
  'asking.title': 'Be om komplettering: {name}',
  'asking.lede':
    'Begäran syns på arbetstagarens sida I dag tills punkten är kompletterad. Enheten hämtar den när den får nät.',
  'asking.count': '{count} punkt|{count} punkter',
  'asking.word': 'Några ord till arbetstagaren',
  'asking.wordHint': 'Syns bredvid begäran på arbetstagarens enhet.',
  'asking.optional': 'Kan lämnas tomt',
  'asking.send': 'Be',
  'asking.standing': 'Begärt {when}, {name}',
  'asking.withdraw': 'Ta tillbaka begäran',
  'asking.withdrawOf': 'Ta tillbaka begäran: {what}',
  'asking.outcome.asked': '{count} punkt har begärts|{count} punkter har begärts',
  'asking.outcome.already':
    '{count} punkt har redan begärts i dag|{count} punkter har redan begärts i dag',
  'asking.outcome.done':
    '{count} punkt är redan kompletterad|{count} punkter är redan kompletterade',
  'asking.outcome.out-of-reach':
    '{count} punkt begärdes inte: arbetstagaren har inte hand om klienten längre. Anteckna för hens räkning.|{count} punkter begärdes inte: arbetstagaren har inte hand om klienten längre. Anteckna för hens räkning.',
  'asking.outcome.absent':
    '{count} punkt begärdes inte: besöket finns inte längre|{count} punkter begärdes inte: besöken finns inte längre',
  'asking.done': 'Kompletterat efter begäran: {count}',
  'asking.doneLine': 'begärt {when}, {name}',
  'asking.wish.ending': 'besöket avslutat',
  'asking.wish.note': 'anteckningen bekräftad',
  'asking.wish.times': 'klockslagen rättade',
  'asking.wish.overlap': 'överlappningen rättad',
  'asking.wish.reason': 'orsaken angiven',
  'asking.office': 'kontoret avgör',
  'asking.call':
    'en begäran når inte enheten innan den sänder: ring och be att appen öppnas där det finns nät'
} as const satisfies Record<keyof typeof fi, string>
