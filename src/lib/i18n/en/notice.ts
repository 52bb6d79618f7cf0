import type { notice as fi } from '#lib/i18n/fi/notice.ts'

export const notice = {
  'notice.lede': 'How the data of clients is handled.',
  'notice.version': 'Version {version}, in force from {day}',
  'notice.print': 'Print',
  'notice.away': 'The notice could not be fetched. Try again when the network works.',
  'notice.versions': 'Versions of the notice',
  'notice.one-version': 'Version {version}',
  'notice.titled': 'Privacy notice, version {version}',
  'notice.state.in-force': 'In force from {day}',
  'notice.state.waiting': 'Comes into force {day}',
  'notice.state.former': 'Came into force {day}, no longer in force',
  'notice.absent': 'There is no such version',
  'notice.absentMore': 'The address names a version that was not published.',
  'notice.to-in-force': 'The notice in force',
  'notice.shown': 'What is shown',
  'notice.changes-from': 'What changed from version {version}',
  'notice.whole': 'The whole notice',
  'notice.change.added': 'Added',
  'notice.change.removed': 'Removed',
  'notice.change.changed': 'Changed',
  'notice.change.same': 'Unchanged are sections {headings}.'
} as const satisfies Record<keyof typeof fi, string>
