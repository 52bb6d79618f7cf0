import type { awaiting as finnish } from '#lib/i18n/fi/awaiting.ts'

export const awaiting: Readonly<Record<keyof typeof finnish, string>> = {
  'awaiting.lede':
    'Dessa kunde surfplattan inte spara direkt. Läs och bestäm vad som görs med dem.',
  'awaiting.open': 'Läs och avgör',
  'awaiting.openOf': 'Läs och avgör: {name}',
  'awaiting.accept': 'Ta med',
  'awaiting.acceptAll': 'Ta med alla ({count})',
  'awaiting.return': 'Skicka tillbaka',
  'awaiting.decline': 'Ta inte med',
  'awaiting.cannotAccept':
    'Det här kan inte tas med som det är. Skicka tillbaka det eller lämna bort det.',
  'awaiting.masked': 'Personbeteckningen döljs när anteckningen tas med.',
  'awaiting.visit': 'Besök {from}–{until}',
  'awaiting.visitFrom': 'Besöket började {from}',
  'awaiting.suggests': '{field}: {value}',
  'awaiting.document': 'Sidor: {count}',
  'awaiting.nothingReadable': 'Innehållet kan inte visas.',
  'awaiting.returnTitle': 'Skicka tillbaka till skribenten',
  'awaiting.returnMore':
    'Skribenten ser motiveringen på sin surfplatta, rättar texten och bekräftar den på nytt. Den nuvarande texten bevaras förseglad.',
  'awaiting.declineTitle': 'Ta inte med',
  'awaiting.declineMore':
    'Texten tas inte in i klientens uppgifter. Skribenten ser motiveringen på sin surfplatta.',
  'awaiting.reason': 'Motivering till skribenten',
  'awaiting.reasonMissing': 'Skriv en motivering.',
  'awaiting.still': 'En del väntar fortfarande. Orsaken står vid var och en.'
}
