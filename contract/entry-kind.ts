/** One fact of one kind: these are the kinds, oldest first. Their shapes are in `entry.ts`. */
export const entryKinds = [
  'profile',
  'contact',
  'decision',
  'assignment',
  'visit',
  'note',
  'document',
  'suggestion',
  'completion-request'
] as const
export type EntryKind = (typeof entryKinds)[number]

/**
 * §10: what the office makes of a customership to send away. It lies under the same key and goes with it,
 * but no tablet is ever sent it and no operation writes it. Their shapes are in `office-entry.ts`.
 */
export const officeKinds = ['summary', 'service-event'] as const
export type OfficeKind = (typeof officeKinds)[number]

/** All that is stored. */
export const storedKinds = [...entryKinds, ...officeKinds] as const
export type StoredKind = (typeof storedKinds)[number]

export const isOfficeKind = (kind: StoredKind): kind is OfficeKind =>
  (officeKinds as readonly StoredKind[]).includes(kind)
