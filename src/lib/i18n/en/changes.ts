export const changes = {
  'changes.title': 'Changes',
  'changes.count': '{count} change in the visits|{count} changes in the visits',
  'changes.moved': 'Changed {when}',
  'changes.new': 'New {when}',
  'changes.place': 'Address changed {when}',
  'changes.cancelled': 'Cancelled {when}',
  'changes.away': 'Moved {when}: {name}',
  'changes.seen': 'Changes seen'
} as const
