import type { hours as fi } from '#lib/i18n/fi/hours.ts'

export const hours = {
  'exception.title': 'Save anyway?',
  'exception.reason': 'Reason',
  'exception.reasonHint': 'Stays visible beside what was saved, with your name and the time.',
  'exception.back': 'Back to editing',
  'exception.save': 'Save with this reason',
  'exception.by': '{name}, {at}',
  'exception.ends-before-held-visit': 'The decision ends before a held visit',
  'exception.ends-before-held-visit.means':
    'The held visit falls outside the validity and has no granted hours.',
  'exception.hours-over-grant': 'The hours go beyond the grant',
  'exception.hours-over-grant.means': 'More hours are used and planned than the decision grants.',
  'exception.leaves-visit-without-worker': 'A planned visit is left without a worker',
  'exception.leaves-visit-without-worker.means':
    "The visit's worker is not assigned to the client on that day.",
  'exception.worker-not-assigned': 'The worker is not assigned to the client on that day',
  'exception.worker-not-assigned.means': "The visit does not show on the worker's tablet.",
  'exception.outside-decision': 'The visit is outside the validity of the decision',
  'exception.outside-decision.means': 'There are no granted hours for the visit.',
  'exception.clash': 'The worker has another visit at the same time',
  'exception.clash.means': 'Only one of the visits can be held as planned.'
} as const satisfies Record<keyof typeof fi, string>
