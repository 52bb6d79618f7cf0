import type { notice as fi } from '#lib/i18n/fi/notice.ts'

export const notice = {
  'notice.lede': 'Så behandlas klienternas uppgifter.',
  'notice.version': 'Version {version}, i kraft från {day}',
  'notice.print': 'Skriv ut',
  'notice.away':
    'Uppgifterna om tjänsteproducenten kunde inte hämtas. Försök igen när nätet fungerar.'
} as const satisfies Record<keyof typeof fi, string>
