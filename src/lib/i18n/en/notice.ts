import type { notice as fi } from '#lib/i18n/fi/notice.ts'

export const notice = {
  'notice.lede': 'How the data of clients is handled.',
  'notice.version': 'Version {version}, in force from {day}',
  'notice.print': 'Print',
  'notice.away':
    'The details of the provider could not be fetched. Try again when the network works.'
} as const satisfies Record<keyof typeof fi, string>
