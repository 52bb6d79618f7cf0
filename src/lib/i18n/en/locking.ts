import type { locking as fi } from '#lib/i18n/fi/locking.ts'

export const locking = {
  'locking.runs': 'A visit is running',
  'locking.finish': 'Finish the visit',
  'locking.ended': 'The visit ended at {clock}',
  'locking.ended-more': 'The time is recorded when you unlock.',
  'locking.undo': 'Undo',
  'locking.not-kept': 'The time could not be kept. Try again.',
  'locking.applying': 'Taking the end time {clock} to the visit',
  'locking.applied-more':
    'The time was noted on the lock screen. You can change it on the page of the visit.',
  'locking.dropped': 'The end time {clock} from the lock screen was not used',
  'locking.dropped-more': 'The visit had already been finished elsewhere.',
  'locking.failed': 'The end time {clock} could not be recorded',
  'locking.failed-more': 'The time is kept, and is taken to the visit at the next unlocking.',
  'locking.seen': 'All right'
} as const satisfies Record<keyof typeof fi, string>
