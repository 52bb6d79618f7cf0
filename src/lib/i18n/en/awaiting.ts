import type { awaiting as finnish } from '#lib/i18n/fi/awaiting.ts'

export const awaiting: Readonly<Record<keyof typeof finnish, string>> = {
  'awaiting.lede':
    'The tablet could not save these directly. Read them and decide what becomes of them.',
  'awaiting.open': 'Read and decide',
  'awaiting.openOf': 'Read and decide: {name}',
  'awaiting.accept': 'Accept',
  'awaiting.acceptAll': 'Accept all ({count})',
  'awaiting.return': 'Return to author',
  'awaiting.decline': 'Leave out',
  'awaiting.cannotAccept':
    'This cannot be accepted as it is. Return it to its author or leave it out.',
  'awaiting.masked': 'The identity code is masked when the note is accepted.',
  'awaiting.visit': 'Visit {from}–{until}',
  'awaiting.visitFrom': 'Visit began {from}',
  'awaiting.suggests': '{field}: {value}',
  'awaiting.document': 'Pages: {count}',
  'awaiting.nothingReadable': 'The content cannot be shown.',
  'awaiting.returnTitle': 'Return to author',
  'awaiting.returnMore':
    'The author sees the reason on the tablet, corrects the text and signs it again. The text as it is stays sealed.',
  'awaiting.declineTitle': 'Leave out',
  'awaiting.declineMore':
    'The text does not become part of the record. The author sees the reason on the tablet.',
  'awaiting.reason': 'Reason, for the author',
  'awaiting.reasonMissing': 'Write a reason.',
  'awaiting.still': 'Some still wait. The reason stands beside each.'
}
