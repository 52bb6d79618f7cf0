import type { prints as fi } from '#lib/i18n/fi/prints.ts'

export const prints = {
  'prints.title': 'Prints',
  'prints.lede': 'Paper printed for work is destroyed after use. Say here when it is done.',
  'prints.open': 'Show my prints',
  'prints.none': 'No prints to destroy',
  'prints.noneMore': 'A day sheet appears here when it has been printed.',
  'prints.kind.day-sheet': 'Day sheet {day}',
  'prints.printedAt': 'Printed {at}',
  'prints.destroyBy': 'Destroy by {day}',
  'prints.late': 'Should have been destroyed by {day}',
  'prints.destroy': 'Destroyed',
  'prints.destroyNamed': 'Destroyed: {print}',
  'prints.destroyed': 'Marked as destroyed',
  'prints.byOther': 'Somebody else has already marked it as destroyed',
  'prints.notSaved': 'It was not saved. Try again.',
  'prints.offline': 'Marking prints needs the network',
  'prints.offlineMore':
    'A day sheet printed without a network comes to the list when it has been sent. Try when there is a network again.',
  'prints.again': 'Try again',
  'prints.forAnother':
    'You can mark a print as destroyed for somebody else. Both names stay in the log.',
  'office.situation.prints': 'Prints not destroyed',
  'office.situation.printsSince': 'one print, due {day}|{count} prints, the oldest due {day}'
} as const satisfies Readonly<Record<keyof typeof fi, string>>
