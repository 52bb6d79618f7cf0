import type { rescue as finnish } from '#lib/i18n/fi/rescue.ts'

export const rescue: Readonly<Record<keyof typeof finnish, string>> = {
  'rescue.take': 'Take in a rescue file',
  'rescue.means':
    'A tablet whose app does not start saves its notes to a file on the Rescue page. Nobody can read the file; here the notes arrive. The same file may be given many times.',
  'rescue.choose': 'Choose the file',
  'rescue.taking': 'Taking it in …',
  'rescue.notOne': 'This is not a rescue file. Nothing was changed.',
  'rescue.of': '{device}, {name}',
  'rescue.held': '1 note: {parts}|{count} notes: {parts}',
  'rescue.applied': '1 saved|{count} saved',
  'rescue.decides': '1 waits for a decision|{count} wait for a decision',
  'rescue.discarded': '1 of a deleted customership|{count} of deleted customerships',
  'rescue.refused': '1 did not open|{count} did not open',
  'rescue.retry': '1 waits for the tablet|{count} wait for the tablet',
  'rescue.again': 'Of these, 1 had come before.|Of these, {count} had come before.',
  'rescue.unknown': '1 note is from an unknown device.|{count} notes are from unknown devices.'
}
