import { newEntryId } from '#lib/device/new-id.ts'

const randomCharacters = 12

/** An id that means nothing yet: random, so that two who edit at once never give one to different things. */
export const freshId = (of: 'field' | 'option' | 'cell'): string =>
  `${of}-${newEntryId().slice(-randomCharacters)}`
