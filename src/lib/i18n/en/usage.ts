import type { usage as finnish } from '#lib/i18n/fi/usage.ts'

export const usage: Readonly<Record<keyof typeof finnish, string>> = {
  'office.tab.log': 'Log',
  'usage.title': 'Who has used the data',
  'usage.lede': 'Newest first. The log tells only who, when, for what and on which device.',
  'usage.at': 'Time',
  'usage.who': 'Who',
  'usage.what': 'What',
  'usage.purpose': 'For what',
  'usage.device': 'Device',
  'usage.atOffice': 'The office',
  'usage.server': 'The system',
  'usage.none': 'No lines yet',
  'usage.more': 'Show older',
  'usage.kind.open': 'Opened',
  'usage.kind.search': 'Searched',
  'usage.kind.list': 'Saw in a list',
  'usage.kind.write': 'Wrote or changed',
  'usage.kind.send': 'Received on their device',
  'usage.kind.print': 'Printed',
  'usage.kind.show': 'Looked at',
  'usage.kind.end': 'Ended the customership',
  'usage.kind.delete': 'Deleted'
}
