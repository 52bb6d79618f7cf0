/** One fact of one kind: these are the kinds, oldest first. Their shapes are in `entry.ts`. */
export const entryKinds = [
  'profile',
  'contact',
  'decision',
  'assignment',
  'visit',
  'note',
  'document',
  'suggestion'
] as const
export type EntryKind = (typeof entryKinds)[number]
