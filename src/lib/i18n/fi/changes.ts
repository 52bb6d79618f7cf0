export const changes = {
  'changes.title': 'Muutoksia',
  'changes.count': '{count} muutos käynneissä|{count} muutosta käynneissä',
  'changes.moved': 'Muuttunut {when}',
  'changes.new': 'Uusi {when}',
  'changes.place': 'Osoite muuttunut {when}',
  'changes.cancelled': 'Peruttu {when}',
  'changes.away': 'Siirretty {when}: {name}',
  'changes.seen': 'Muutokset nähty'
} as const
