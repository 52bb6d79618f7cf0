import type { ready as fi } from '#lib/i18n/fi/ready.ts'

export const ready = {
  'ready.title': 'Ready to leave',
  'ready.paper': 'Print the day sheet',
  'ready.refresh': 'Refresh and send',
  'ready.overall.good': 'Everything is in order. Have a good trip!',
  'ready.overall.look': 'You can leave. Look at these first.',
  'ready.overall.stop': 'Do not leave yet',
  'ready.verdict.good': 'In order',
  'ready.verdict.look': 'Note',
  'ready.verdict.stop': 'Missing',
  'ready.no-clients': 'No visits are planned for today',
  'ready.clients': 'Today’s client is on this device|Today’s {count} clients are on this device',
  'ready.clients-missing': 'Of today’s clients only {held}/{expected} open',
  'ready.get-network': 'Bring the device online and press Refresh and send.',
  'ready.app': 'The app opens without a network',
  'ready.app-missing': 'The app does not open without a network yet',
  'ready.fresh': 'The data was fetched {at}',
  'ready.lease': 'The device may keep the data without a connection until {at}',
  'ready.lease-more':
    'Contact with the office extends it. Without it the data leaves the device. Notes are kept.',
  'ready.sent': 'All notes have been sent',
  'ready.unsent': 'One note is waiting to be sent|{count} notes are waiting to be sent',
  'ready.unsent-more': 'They are kept on this device and leave when there is a network.',
  'ready.unsent-old': 'The oldest was written {since}. Send before you leave, or call the office.',
  'ready.permits': 'The permits of today’s clients are valid',
  'ready.permits-ending':
    'A permit is ending or has ended|{count} permits are ending or have ended',
  'ready.permit-over': '{firstName}: {permit} ended {day}',
  'ready.permit-ends': '{firstName}: {permit} ends {day}',
  'ready.space': 'There is room on the device: {free}',
  'ready.clock': 'The device’s clock is right',
  'ready.clock-ahead':
    'The device’s clock is a minute fast|The device’s clock is {count} minutes fast',
  'ready.clock-behind':
    'The device’s clock is a minute slow|The device’s clock is {count} minutes slow',
  'ready.clock-more':
    'Visit times come from the device’s clock. Turn on automatic time in its settings.',
  'ready.version': 'The app is up to date',
  'ready.version-new': 'There is a new version of the app',
  'ready.version-more': 'Take it when the device is online and you have a moment.'
} as const satisfies Record<keyof typeof fi, string>
