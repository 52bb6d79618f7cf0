import type { hours as fi } from '#lib/i18n/fi/hours.ts'

export const hours = {
  'office.situation.runningOut': 'Timmarna tar slut',
  'office.situation.leftHours': '{hours} kvar',
  'hours.over-time.week': 'Per vecka; den streckade linjen är det beviljade',
  'hours.over-time.month': 'Per månad; den streckade linjen är det beviljade',
  'hours.over-time.total': 'Sammanlagt till månadens slut; den streckade linjen är det beviljade',
  'hours.as-table': 'Samma siffror som tabell',
  'hours.period': 'Period',
  'hours.left-short': 'kvar {hours}',
  'hours.over-short': 'över {hours}',
  'hours.warning.over': 'Timmarna överskrids',
  'hours.warning.low': 'Timmarna tar slut',
  'hours.edit': 'Redigera',
  'hours.edit-of': 'Redigera beslutet {product}, börjar {from}',
  'hours.edit-title': 'Redigera beslutet',
  'hours.changed': 'Någon annan har ändrat beslutet under tiden',
  'hours.changed-more': 'Din text finns kvar. Det gällande beslutet säger nu:',
  'hours.changed-keep': 'Om du sparar ersätter ditt formulär dessa.',
  'hours.none-changed': 'Ingen punkt i formuläret ändrades.',
  'exception.title': 'Spara ändå?',
  'exception.reason': 'Motivering',
  'exception.reasonHint': 'Syns vid det som sparades, med ditt namn och tiden.',
  'exception.back': 'Tillbaka till redigeringen',
  'exception.save': 'Spara med motivering',
  'exception.by': '{name}, {at}',
  'exception.ends-before-held-visit': 'Beslutet upphör före ett hållet besök',
  'exception.ends-before-held-visit.means':
    'Det hållna besöket blir utanför giltighetstiden och har inga beviljade timmar.',
  'exception.hours-over-grant': 'Timmarna överskrider det beviljade',
  'exception.hours-over-grant.means':
    'De använda och planerade timmarna är fler än beslutet beviljar.',
  'exception.leaves-visit-without-worker': 'Ett planerat besök blir utan arbetstagare',
  'exception.leaves-visit-without-worker.means':
    'Besökets arbetstagare är inte klientens arbetstagare den dagen.',
  'exception.worker-not-assigned': 'Arbetstagaren är inte klientens arbetstagare den dagen',
  'exception.worker-not-assigned.means': 'Besöket syns inte på arbetstagarens surfplatta.',
  'exception.outside-decision': 'Besöket är utanför beslutets giltighetstid',
  'exception.outside-decision.means': 'Det finns inga beviljade timmar för besöket.',
  'exception.clash': 'Arbetstagaren har ett annat besök samtidigt',
  'exception.clash.means': 'Bara det ena av besöken kan hållas som planerat.'
} as const satisfies Record<keyof typeof fi, string>
