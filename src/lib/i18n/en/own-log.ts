import type { ownLog as fi } from '#lib/i18n/fi/own-log.ts'

export const ownLog = {
  'ownLog.title': 'My own log',
  'ownLog.lede':
    'Which clients’ data you have opened, written or printed. Oversight at the office sees the same lines.',
  'ownLog.open': 'Show my own log',
  'ownLog.client': 'Client',
  'ownLog.notHere': 'Not on this device',
  'ownLog.offline': 'Your own log needs the network',
  'ownLog.offlineMore': 'The lines are kept at the office. Try when there is a network again.',
  'ownLog.again': 'Try again',
  'ownLog.none': 'You have not used anybody’s data yet'
} as const satisfies Readonly<Record<keyof typeof fi, string>>
