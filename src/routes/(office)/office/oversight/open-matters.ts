import type { OpenMatter } from '#contract/self-check.ts'

/** Where each thing that is open is worked. */
export const placeOf: Readonly<Record<OpenMatter, string>> = {
  incidents: '/office/oversight/incidents',
  'untold-clients': '/office/oversight/notice',
  'unread-notice': '/office/users',
  unpledged: '/office/users',
  untrained: '/office/users',
  'overdue-deletions': '/office/ending',
  holds: '/office/ending',
  'missing-notes': '/office/users',
  'waiting-tablets': '/office/users',
  'silent-tablets': '/office/users',
  'unpersisted-tablets': '/office/users',
  'awaiting-decision': '/office/notes',
  papers: '/office',
  'late-prints': '/office',
  'overdue-reviews': '/office/log?view=reviews',
  requests: '/office/requests',
  suggestions: '/office'
}
