import type { hours as fi } from '#lib/i18n/fi/hours.ts'

export const hours = {
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
