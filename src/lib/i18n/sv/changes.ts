export const changes = {
  'changes.title': 'Ändringar',
  'changes.count': '{count} ändring i besöken|{count} ändringar i besöken',
  'changes.moved': 'Ändrat {when}',
  'changes.new': 'Nytt {when}',
  'changes.place': 'Adressen ändrad {when}',
  'changes.cancelled': 'Inställt {when}',
  'changes.away': 'Flyttat {when}: {name}',
  'changes.seen': 'Ändringarna är sedda'
} as const
